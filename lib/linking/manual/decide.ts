import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import type { Cited } from '../judge-batch';
import type { LinkDependencies } from '../link-changes';
import { type LookedUp, type LookupDesk, lookupDesk } from '../look-up-citations';
import { claimKey, type LinkDecision, standingOf } from '../model/manual/link-decision';
import { type ChangeToLink, readChangesById } from '../store/changes-to-link';
import { lastEvaluations } from '../store/evaluations';
import { decidableChange } from '../store/manual/decidable-changes';
import { appendDecisions, decisionsOf } from '../store/manual/link-decisions';
import { judgeWithin } from './judge-within';
import { type Decidable, mayDecide } from './may-decide';
import { citedBy } from './words-of-people';

/** A change with everything looked up that judging it needs. */
export type Prepared = {
  readonly change: ChangeToLink;
  readonly cited: Cited;
  readonly desk: LookupDesk;
  readonly looked: LookedUp;
};

type By = {
  readonly actor: JournalActor;
  readonly now: Date;
  readonly policy: LinkDependencies['policy'];
  readonly calendar?: LinkDependencies['calendar'];
};

/** Looks up everything that a change cites, outside any transaction. Throws `not_found`. */
export async function prepareDecision(dependencies: LinkDependencies, change: Decidable): Promise<Prepared> {
  const { sql } = dependencies.db;
  const [row] = await readChangesById(sql, change.orgId, [change.id]);
  const [cited] = row === undefined ? [] : await citedBy(sql, change.orgId, [row]);
  if (row === undefined || cited === undefined)
    throw requestError('not_found', 'cannot decide about the change: there is none with this id');
  const desk = lookupDesk(dependencies.sources);
  const looked = await desk.lookUp(cited.citations);
  return { change: row, cited, desk, looked };
}

/** The change as it stands now, for who may decide about it. Throws `not_found`, `forbidden` with the sentence, `conflict` for what is not accountable. */
export async function decidable(
  sql: Sql,
  of: { readonly orgIds: readonly string[]; readonly id: string; readonly actor: JournalActor },
): Promise<Decidable> {
  const change = await decidableChange(sql, of.orgIds, of.id);
  if (change === null)
    throw requestError(
      'not_found',
      'cannot decide about the change: there is none with this id that you may see',
    );
  if (!change.accountable && !change.excused)
    throw requestError('conflict', 'cannot decide about the change: it is not an accountable one', {
      hint: 'Only changes that need an authorisation have links.',
    });
  const may = await mayDecide(sql, change, of.actor);
  if (!may.allowed)
    throw requestError('forbidden', 'cannot decide about the change', { hint: may.because ?? '' });
  return change;
}

/**
 * Strikes a claim: it is kept and shown, and no longer counts. Within the transaction of the act. Throws `conflict` where the
 * change has no such claim now.
 */
export async function strikeLink(
  sql: Sql,
  asked: {
    readonly decidable: Decidable;
    readonly prepared: Prepared;
    readonly kind: string;
    readonly reference: string;
    readonly reason: string;
  },
  by: By,
): Promise<{ readonly id: string; readonly linkage: string }> {
  const { decidable: change, kind, reference, reason } = asked;
  const last = (await lastEvaluations(sql, change.orgId, [change.id])).get(change.id);
  const claim = last?.claims.find((one) => claimKey(one) === claimKey({ kind, reference }));
  if (claim === undefined)
    throw requestError('conflict', 'cannot strike the link: the change has no such claim any more');
  const id = await appendOne(sql, change, {
    what: 'struck',
    kind,
    reference,
    ofDecision: null,
    batchId: null,
    requestId: null,
    reason,
    statement: null,
    claim: { status: claim.status, foundBy: claim.foundBy, title: claim.title, url: claim.url },
    by,
  });
  return {
    id,
    linkage: await finished(sql, {
      change,
      id,
      by,
      prepared: asked.prepared,
      action: 'link.struck',
      detail: { kind, reference, reason },
    }),
  };
}

/** Takes a decision back, by another one. Throws `conflict` where it does not hold any more. */
export async function takeBack(
  sql: Sql,
  asked: {
    readonly decidable: Decidable;
    readonly prepared: Prepared;
    readonly decisionId: string;
    readonly reason: string;
    readonly batchId?: string;
  },
  by: By,
): Promise<{ readonly id: string; readonly linkage: string }> {
  const { decidable: change, decisionId, reason } = asked;
  const said = (await decisionsOf(sql, change.orgId, [change.id])).get(change.id) ?? [];
  const standing = standingOf(said);
  const taken = [...standing.attached, ...standing.struck].find((one) => one.id === decisionId);
  if (taken === undefined)
    throw requestError('conflict', 'cannot take the decision back: it does not hold any more');
  const [down] = asked.prepared.desk.down;
  if (down !== undefined)
    throw requestError(
      'conflict',
      'cannot take the decision back now: what it brings back cannot be looked up',
      {
        hint: `${down[0]}: ${down[1]}`,
      },
    );
  const { kind, reference } = taken;
  const id = await appendOne(sql, change, {
    what: 'taken_back',
    kind,
    reference,
    ofDecision: decisionId,
    batchId: asked.batchId ?? null,
    requestId: null,
    reason,
    statement: null,
    claim: null,
    by,
  });
  const detail = { decision: decisionId, kind, reference, reason };
  return {
    id,
    linkage: await finished(sql, {
      change,
      id,
      by,
      prepared: asked.prepared,
      action: 'link.decision_taken_back',
      detail,
    }),
  };
}

/** Appends one decision of whoever acts; their name is frozen into it. */
export async function appendOne(
  sql: Sql,
  change: Pick<Decidable, 'id' | 'orgId' | 'eventDate'>,
  {
    by,
    ...decision
  }: Omit<LinkDecision, 'id' | 'changeId' | 'decidedAt' | 'deciderId' | 'decider'> & {
    readonly by: Pick<By, 'actor' | 'now'>;
  },
): Promise<string> {
  const [id] = await appendDecisions(sql, change.orgId, [
    {
      ...decision,
      changeId: change.id,
      eventDate: change.eventDate,
      decidedAt: by.now,
      deciderId: by.actor.id ?? '',
      decider: by.actor.name,
    },
  ]);
  if (id === undefined) throw new RangeError('one decision has one id');
  return id;
}

/** Judges a change about which something was just decided; gives its linkage. */
export async function judgeDecided(
  sql: Sql,
  orgId: string,
  prepared: Pick<Prepared, 'change' | 'cited' | 'desk' | 'looked'>,
  by: Pick<By, 'now' | 'policy' | 'calendar'>,
): Promise<string> {
  const { cited, desk, looked, change } = prepared;
  const { policy, calendar } = by;
  const dependencies = { policy, now: () => by.now, ...(calendar === undefined ? {} : { calendar }) };
  await judgeWithin(sql, orgId, { dependencies, desk, cited: [cited], looked });
  const after = await decidableChange(sql, [orgId], change.id);
  return after?.linkage ?? 'unlinked';
}

async function finished(
  sql: Sql,
  of: {
    readonly change: Decidable;
    readonly id: string;
    readonly by: By;
    readonly prepared: Prepared;
    readonly action: string;
    readonly detail: Readonly<Record<string, unknown>>;
  },
): Promise<string> {
  const { change, by } = of;
  const linkage = await judgeDecided(sql, change.orgId, of.prepared, by);
  await appendJournal(sql, {
    actor: by.actor,
    action: of.action,
    objectType: 'change',
    objectId: change.id,
    orgId: change.orgId,
    detail: { word: of.id, ...of.detail, linkage },
    at: by.now,
  });
  return linkage;
}
