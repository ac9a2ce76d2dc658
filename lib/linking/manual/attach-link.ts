import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import type { AttachedReference } from '../contract/manual';
import type { LinkDependencies } from '../link-changes';
import { type LookupDesk, lookupDesk } from '../look-up-citations';
import type { Citation } from '../model/citation';
import type { Claim, Finding } from '../model/claim';
import { judgeClaim } from '../model/judge-claim';
import { claimKey, type LinkDecision, standingOf } from '../model/manual/link-decision';
import { citationsOf, judgeStatement } from '../model/manual/under-decisions';
import { readCitations } from '../model/read-citations';
import { type ChangeToLink, readChangesById } from '../store/changes-to-link';
import { decisionsOf } from '../store/manual/link-decisions';
import { appendOne, judgeDecided, type Prepared } from './decide';
import type { Decidable } from './may-decide';

/** An approval so far ahead of the clock is a slip of the pen. */
const AHEAD_MS = DAY_MS;

/** What a person names, looked up and held against the change: what it would come to. */
export type Attachable = Prepared & {
  readonly attached: AttachedReference;
  readonly claim: Claim;
  /** Why it cannot be attached; null where it can. */
  readonly because: string | null;
};

/** The citation of what a person names; null where it is a statement of their own. */
export function citationOf(attached: AttachedReference): Citation | null {
  if (attached.kind === 'manual') return null;
  const reference =
    attached.kind === 'commit' ? attached.reference.toLowerCase() : attached.reference.toUpperCase();
  const project = attached.kind === 'jira' ? reference.slice(0, reference.lastIndexOf('-')) : null;
  return { kind: attached.kind, reference, project, certain: true };
}

/**
 * Looks up what a person names, with everything the change cites, outside any transaction. Throws `not_found` for a change these
 * organisations have not, `bad_request` for an approval in the future.
 */
export async function prepareAttach(
  dependencies: LinkDependencies,
  asked: { readonly change: Decidable; readonly attached: AttachedReference; readonly by: JournalActor },
): Promise<Attachable> {
  const { change, attached } = asked;
  const now = dependencies.now();
  const { sql } = dependencies.db;
  const [row] = await readChangesById(sql, change.orgId, [change.id]);
  if (row === undefined) throw requestError('not_found', 'cannot attach the link: there is no such change');
  const standing = standingOf((await decisionsOf(sql, change.orgId, [change.id])).get(change.id) ?? []);
  const cited = readCitations(row.citableText);
  const citation = citationOf(attached);
  const known = [...cited, ...citationsOf(standing, cited)];
  const isNew = citation !== null && !known.some((one) => claimKey(one) === claimKey(citation));
  const citations = isNew ? [...known, citation] : known;
  const desk = lookupDesk(dependencies.sources);
  const looked = await desk.lookUp(citations);
  const kind = attached.kind;
  const reference = citation?.reference ?? referenceOf(attached);
  const again = standing.struck.some((one) => claimKey(one) === claimKey({ kind, reference }))
    ? 'It was struck from this change before; take that decision back instead.'
    : standing.attached.some((one) => claimKey(one) === claimKey({ kind, reference }))
      ? 'It is attached to this change already.'
      : !isNew && citation !== null
        ? 'The change cites it itself; it is judged already.'
        : null;
  const target = targetOf(row);
  const { claim, because } =
    citation === null
      ? {
          claim: judgeStatement(draftOf(asked, reference, now), statementOf(attached, now), target),
          because: null,
        }
      : judgeNamed(citation, desk, { target, now });
  return {
    change: row,
    cited: { change: row, citations },
    desk,
    looked,
    attached,
    claim,
    because: again ?? because,
  };
}

function judgeNamed(
  citation: Citation,
  desk: LookupDesk,
  at: { readonly target: ReturnType<typeof targetOf>; readonly now: Date },
): { readonly claim: Claim; readonly because: string | null } {
  const finding: Finding =
    desk.findingOf(citation) ??
    (citation.kind === 'jira'
      ? { kind: 'not_found' }
      : { kind: 'not_evaluated', because: 'no source for it is configured' });
  const claim = judgeClaim(citation, finding, { change: at.target, now: at.now });
  if (claim === null) throw new RangeError('a certain citation is always judged');
  const because =
    finding.kind === 'not_found'
      ? `${citation.reference} is not there: no connected system has it, or our account may not see it.`
      : finding.kind === 'ambiguous'
        ? `${citation.reference} names no one commit: give more of its digits.`
        : finding.kind === 'not_evaluated'
          ? `${citation.reference} cannot be looked up now: ${finding.because}.`
          : null;
  return { claim, because };
}

/** Appends the decision, judges the change anew and journals it, all in this transaction. Throws `conflict` with why it cannot be. */
export async function attachLink(
  sql: Sql,
  asked: {
    readonly decidable: Decidable;
    readonly prepared: Attachable;
    readonly reason: string;
    readonly requestId: string | null;
    readonly batchId?: string;
  },
  by: Pick<LinkDependencies, 'policy' | 'calendar'> & { readonly actor: JournalActor; readonly now: Date },
): Promise<{ readonly id: string; readonly linkage: string }> {
  const { decidable, prepared, reason } = asked;
  if (prepared.because !== null)
    throw requestError('conflict', 'cannot attach the link', { hint: prepared.because });
  const { attached } = prepared;
  const statement = attached.kind === 'manual' ? statementOf(attached, by.now) : null;
  const id = await appendOne(sql, decidable, {
    what: 'attached',
    kind: attached.kind,
    reference: citationOf(attached)?.reference ?? referenceOf(attached),
    ofDecision: null,
    batchId: asked.batchId ?? null,
    requestId: asked.requestId,
    reason,
    statement,
    claim: null,
    by,
  });
  const linkage = await judgeDecided(sql, decidable.orgId, prepared, by);
  await appendJournal(sql, {
    actor: by.actor,
    action: 'link.attached',
    objectType: 'change',
    objectId: decidable.id,
    orgId: decidable.orgId,
    detail: { decision: id, attached: { ...attached }, reason, linkage, request: asked.requestId },
    at: by.now,
  });
  return { id, linkage };
}

/** What a person states, once. Throws `bad_request` for an approval that lies ahead. */
function statementOf(attached: AttachedReference, now: Date) {
  if (attached.kind !== 'manual') throw new RangeError('only a statement states');
  const approvedAt = new Date(attached.approvedAt);
  if (approvedAt > addMs(now, AHEAD_MS))
    throw requestError('bad_request', 'cannot attach the link: its approval lies in the future');
  return { title: attached.title, approver: attached.approver, approvedAt, url: attached.url ?? null };
}

function referenceOf(attached: AttachedReference): string {
  return attached.reference.trim();
}

function targetOf(row: ChangeToLink) {
  return {
    at: row.eventDate,
    entityId: row.entityId,
    entityType: row.entityType,
    entityNames: row.entityNames,
  };
}

/** A decision that is not made yet, so that what it would come to can be shown. */
function draftOf(
  asked: { readonly change: Decidable; readonly by: JournalActor },
  reference: string,
  now: Date,
): LinkDecision {
  return {
    id: '',
    changeId: asked.change.id,
    decidedAt: now,
    what: 'attached',
    kind: 'manual',
    reference,
    ofDecision: null,
    batchId: null,
    requestId: null,
    deciderId: asked.by.id ?? '',
    decider: asked.by.name,
    reason: 'the reason you give',
    statement: null,
    claim: null,
  };
}
