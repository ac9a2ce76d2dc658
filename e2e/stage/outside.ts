import type { Faults } from '../sandbox/options.ts';
import type { RecordTruth, Truth } from '../sandbox/truth.ts';
import { CLIENTS } from '../sandbox/world/access.ts';
import { programme } from './programme';

export type { RecordTruth, Truth };

/** How things really are in the organisation in miniature. */
export function tellTruth(): Promise<Truth> {
  return control<Truth>('GET', '/truth');
}

/** The label of every record, in no order that matters. */
export async function tellRecords(): Promise<readonly RecordTruth[]> {
  const answer = await fetch(`${programme().sandboxUrl}/__sandbox/truth/records`);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  return lines.map((line): RecordTruth => JSON.parse(line));
}

/** What goes wrong from now on; faults not named stay as they are. */
export function disturb(faults: Partial<Faults>): Promise<unknown> {
  return control('PUT', '/faults', faults);
}

export function heal(): Promise<unknown> {
  return control('DELETE', '/faults');
}

/** Lets records of that range turn up now, long after their hour. */
export function arriveLate(range: {
  readonly from: Date;
  readonly to: Date;
  readonly count: number;
}): Promise<{ readonly ids: readonly string[] }> {
  return control('POST', '/append', {
    ...range,
    from: range.from.toISOString(),
    to: range.to.toISOString(),
  });
}

/** Performs something in the organisation now; its audit records are there at once. */
export function perform(
  kind: string,
  body: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly kind: string; readonly records: readonly RecordTruth[] }> {
  return control('POST', '/act', { kind, ...body });
}

/** Opens a ticket now and tells its key or number. */
export function openTicket(body: Readonly<Record<string, unknown>>): Promise<{ readonly key: string }> {
  return control('POST', '/tickets', body);
}

/** Something happens to a ticket now: `approve`, `reject`, `cancel`, `withdraw`, `touch` or `delete`. */
export function ticketFate(key: string, fate: string): Promise<unknown> {
  return control('POST', `/tickets/${key}/${fate}`);
}

/** Where live records are pushed to; null stops it. */
export function pushTo(receiver: { readonly url: string; readonly key: string } | null): Promise<unknown> {
  return control('PUT', '/push', receiver ?? { url: null });
}

/** What arrived at Slack, webhooks and the other sinks, and the mails. */
export function arrived(): Promise<{
  readonly requests: readonly { readonly sink: string; readonly body: unknown }[];
  readonly mails: readonly unknown[];
}> {
  return control('GET', '/sinks');
}

/** A person as the platform has them now. */
export function platformUser(
  id: string,
): Promise<{ readonly name: string; readonly state: string; readonly division: { readonly name: string } }> {
  return platform('GET', `/api/v2/users/${id}`);
}

/** The audit record as the platform serves it, without the names it adds on request. */
export async function servedRecord(id: string): Promise<Record<string, unknown>> {
  const { entities } = await platform<{ entities: Record<string, unknown>[] }>(
    'POST',
    '/api/v2/audits/query/realtime/related',
    { auditId: id },
  );
  const found = entities.find((one) => one.id === id);
  if (found === undefined) throw new Error(`the platform serves no record ${id}`);
  return found;
}

/** What the platform answers to our collector. */
async function platform<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const gate = `${programme().sandboxUrl}/genesys`;
  const { id: clientId, secret } = CLIENTS.collector;
  const login = await fetch(`${gate}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token }: { access_token: string } = await login.json();
  const answer = await fetch(`${gate}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const told: Answer = await answer.json();
  return told;
}

async function control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(`${programme().sandboxUrl}/__sandbox${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`the sandbox refused ${method} ${path}: ${await answer.text()}`);
  const told: Answer = await answer.json();
  return told;
}
