import { z } from 'zod';
import type { Outbound, OutboundAnswer, OutboundRequest } from '../http/outbound';
import { basicAuthorization, siteUrl } from '../http/site';
import { outcomeOfStatus, type Receipt, type SinkOutcome, unanswered } from './sink';

/** Ids that `correlation_display` (100 characters) has room for: those of the last deliveries that the incident holds. */
const REMEMBERED = 3;
const MARK = ' ';

export type IncidentDesk = {
  readonly baseUrl: string;
  readonly user: string;
  readonly password: string;
  readonly assignmentGroup?: string | undefined;
  readonly category?: string | undefined;
};

export type IncidentReport = {
  /** The same for everything about one matter: there is one incident for it. */
  readonly correlationId: string;
  /** The same for every try of one delivery: it is written once. */
  readonly deliveryId: string;
  readonly shortDescription: string;
  readonly description: string;
  /** What is added where the incident is there already. */
  readonly note: string;
  readonly impact: 1 | 2 | 3;
  readonly urgency: 1 | 2 | 3;
};

const incidentSchema = z.object({
  sys_id: z.string().min(1),
  number: z.string().min(1),
  correlation_display: z.string().nullish(),
});
type Incident = z.infer<typeof incidentSchema>;
const oneSchema = z.object({ result: incidentSchema });
const listSchema = z.object({ result: z.array(incidentSchema) });
const FIELDS = 'sys_id,number,correlation_display';

/**
 * Opens the incident of a matter, or adds a note to it. It is asked for first, and it remembers the deliveries it holds, so a
 * try after an unknown outcome neither opens a second one nor repeats a note.
 *
 * Requires that nobody else reports on the same matter meanwhile: the Table API has no "create unless there".
 */
export async function reportIncident(
  send: Outbound,
  desk: IncidentDesk,
  report: IncidentReport,
): Promise<SinkOutcome> {
  const site = siteUrl(desk.baseUrl, 'ServiceNow');
  const headers = {
    authorization: basicAuthorization(desk.user, desk.password),
    accept: 'application/json',
    'content-type': 'application/json',
  };
  const ask = async <Schema extends z.ZodType>(
    request: Omit<OutboundRequest, 'headers'>,
    schema: Schema,
  ): Promise<{ value: z.infer<Schema>; status: number } | { outcome: SinkOutcome }> => {
    const answer = await send({ ...request, headers });
    return answer.kind === 'answered' ? read(answer, schema, desk.user) : { outcome: unanswered(answer) };
  };

  if (!/^[\w.-]+$/.test(report.correlationId))
    throw new RangeError('a correlation id is of letters, digits, dots, dashes');
  const search = new URL('api/now/table/incident', site);
  search.search = new URLSearchParams({
    sysparm_query: `correlation_id=${report.correlationId}^ORDERBYsys_created_on`,
    sysparm_fields: FIELDS,
    sysparm_limit: '1',
  }).toString();
  const found = await ask({ url: search, method: 'GET' }, listSchema);
  if ('outcome' in found) return found.outcome;
  const [incident] = found.value.result;
  if (incident === undefined) {
    const url = new URL(`api/now/table/incident?sysparm_fields=${FIELDS}`, site);
    const opened = await ask({ url, method: 'POST', body: JSON.stringify(opening(desk, report)) }, oneSchema);
    return 'outcome' in opened ? opened.outcome : delivered(opened.value.result, opened.status, site);
  }
  const held = (incident.correlation_display ?? '').split(MARK).filter((id) => id.startsWith('dlv_'));
  if (held.includes(report.deliveryId)) return delivered(incident, found.status, site);
  const url = new URL(
    `api/now/table/incident/${encodeURIComponent(incident.sys_id)}?sysparm_fields=${FIELDS}`,
    site,
  );
  const change = {
    work_notes: report.note,
    // In the same write as the note, so that either both are there or neither.
    correlation_display: [...held, report.deliveryId].slice(-REMEMBERED).join(MARK),
  };
  const noted = await ask({ url, method: 'PATCH', body: JSON.stringify(change) }, oneSchema);
  return 'outcome' in noted ? noted.outcome : delivered(noted.value.result, noted.status, site);
}

function opening(desk: IncidentDesk, report: IncidentReport): Record<string, string> {
  return {
    short_description: report.shortDescription,
    description: report.description,
    correlation_id: report.correlationId,
    correlation_display: report.deliveryId,
    impact: String(report.impact),
    urgency: String(report.urgency),
    ...(desk.assignmentGroup ? { assignment_group: desk.assignmentGroup } : {}),
    ...(desk.category ? { category: desk.category } : {}),
  };
}

function delivered(incident: Incident, status: number, site: URL): SinkOutcome {
  return { kind: 'delivered', status, receipt: receiptOf(incident, site), because: null };
}

function receiptOf(incident: Incident, site: URL): Receipt {
  const url = new URL('nav_to.do', site);
  url.search = new URLSearchParams({ uri: `incident.do?sys_id=${incident.sys_id}` }).toString();
  return { number: incident.number, url: url.href };
}

function read<Schema extends z.ZodType>(
  answer: Extract<OutboundAnswer, { kind: 'answered' }>,
  schema: Schema,
  user: string,
): { value: z.infer<Schema>; status: number } | { outcome: SinkOutcome } {
  const { status } = answer;
  const known = outcomeOfStatus(answer, 'ServiceNow');
  if (known !== null) return { outcome: known };
  if (status >= 400) {
    const because = BY_STATUS[status]?.(user) ?? `ServiceNow refuses the incident (${status}).`;
    return { outcome: { kind: 'refused', status, because } };
  }
  const parsed = schema.safeParse(jsonOf(answer.text));
  if (parsed.success) return { value: parsed.data, status };
  return {
    outcome: {
      kind: 'again',
      status,
      because:
        'ServiceNow answers with a page instead of data; the instance may be hibernating or in maintenance.',
      retryAfterMs: null,
    },
  };
}

const BY_STATUS: Readonly<Record<number, (user: string) => string>> = {
  400: () =>
    'ServiceNow does not accept a field of the incident. Check the assignment group and the category of this channel.',
  401: (user) => `ServiceNow does not accept the user ${user} or its password. Enter the password again.`,
  403: (user) =>
    `ServiceNow does not let the user ${user} open incidents. Give it the role itil or sn_incident_write.`,
  404: () => 'There is no incident table at this address. Check that it is that of the instance.',
};

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON has no known shape; the schema says so.
    return null;
  }
}
