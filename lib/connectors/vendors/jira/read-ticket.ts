import type { Interval } from '@/lib/kernel/instant';
import { idsInText, type Ticket, type TicketDecision, type TicketStatusStep } from '../../model/ticket';
import type { History, Issue } from './answers';

/** Which statuses and fields of the site mean what. Statuses are compared without case. */
export type JiraWords = {
  readonly approvedStatuses: readonly string[];
  readonly rejectedStatuses: readonly string[];
  readonly cancelledStatuses: readonly string[];
  /** Custom fields that hold the ids of the objects to be changed. */
  readonly objectFields: readonly string[];
  /** Custom fields with the agreed start and end, where the site has them. */
  readonly windowFields: { readonly start: string; readonly end: string } | null;
};

export const JIRA_WORDS: JiraWords = {
  approvedStatuses: ['Approved'],
  rejectedStatuses: ['Rejected', 'Declined'],
  cancelledStatuses: ['Cancelled', 'Canceled', 'Withdrawn', "Won't Do"],
  objectFields: [],
  windowFields: null,
};

/**
 * The issue as a ticket. It is approved by the changelog entry that moved its status into an approved one, and its author is the approver:
 * an issue that was created in such a status was approved by nobody.
 */
export function ticketOf(
  asked: { key: string; site: URL; words: JiraWords },
  issue: Issue,
  histories: readonly History[],
): Ticket {
  const { key, site, words } = asked;
  const steps = statusSteps(histories);
  const { fields } = issue;
  return {
    system: 'jira',
    key,
    title: fields.summary ?? null,
    type: fields.issuetype?.name ?? null,
    emergency: false,
    createdAt: fields.created ?? null,
    firstStatus: steps[0]?.from ?? fields.status?.name ?? null,
    statusSteps: steps.map(({ at, to, by }): TicketStatusStep => ({ at, to, by })),
    decisions: steps.flatMap((step) => decisionOf(step, words)),
    window: windowOf(fields, words),
    objects: objectsOf(fields, words),
    otherIds: otherIdsOf(fields, words),
    url: new URL(`browse/${encodeURIComponent(key)}`, site).href,
  };
}

type Step = TicketStatusStep & { readonly from: string | null };

function statusSteps(histories: readonly History[]): Step[] {
  return histories
    .flatMap((history) =>
      history.items.flatMap((item): Step[] => {
        const to = item.toString;
        if (item.field !== 'status' || typeof to !== 'string') return [];
        return [
          {
            at: history.created,
            from: item.fromString ?? null,
            to,
            by: history.author?.displayName ?? history.author?.accountId ?? null,
          },
        ];
      }),
    )
    .sort((left, right) => left.at.getTime() - right.at.getTime());
}

function decisionOf(step: Step, words: JiraWords): TicketDecision[] {
  const verdict = isOneOf(step.to, words.approvedStatuses)
    ? 'approved'
    : isOneOf(step.to, words.rejectedStatuses)
      ? 'rejected'
      : isOneOf(step.to, words.cancelledStatuses)
        ? 'cancelled'
        : null;
  return verdict === null ? [] : [{ at: step.at, verdict, by: step.by, basis: 'changelog' }];
}

function isOneOf(status: string, names: readonly string[]): boolean {
  const wanted = status.trim().toLowerCase();
  return names.some((name) => name.trim().toLowerCase() === wanted);
}

function windowOf(fields: Issue['fields'], words: JiraWords): Interval | null {
  if (words.windowFields === null) return null;
  const from = Date.parse(String(fields[words.windowFields.start] ?? ''));
  const to = Date.parse(String(fields[words.windowFields.end] ?? ''));
  return Number.isNaN(from) || Number.isNaN(to) ? null : { from: new Date(from), to: new Date(to) };
}

function objectsOf(fields: Issue['fields'], words: JiraWords): string[] {
  const inFields = words.objectFields.flatMap((name) =>
    textsIn(fields[name]).filter((text) => text.trim() !== ''),
  );
  const inText = [fields.summary ?? '', ...textsIn(fields.description)].flatMap(idsInText);
  return [
    ...new Set([
      ...inFields.flatMap((text) => (idsInText(text).length > 0 ? idsInText(text) : [text.trim()])),
      ...inText,
    ]),
  ];
}

/** Sites seldom say which of their fields holds the object; a text field that holds nothing but an id may be it. */
function otherIdsOf(fields: Issue['fields'], words: JiraWords): string[] {
  const ids = Object.entries(fields).flatMap(([name, value]) => {
    if (!name.startsWith('customfield_') || words.objectFields.includes(name) || typeof value !== 'string')
      return [];
    const [id, ...more] = idsInText(value);
    return id !== undefined && more.length === 0 && id.length === value.trim().length ? [id] : [];
  });
  return [...new Set(ids)];
}

/** All texts inside a field: a string, an option, a list of them, or a document of Atlassian's format. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, member]) =>
      key === 'type' || key === 'self' ? [] : textsIn(member),
    );
  }
  return [];
}
