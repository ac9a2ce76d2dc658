import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { addMs, DAY_MS, toIso } from '@/lib/kernel/instant';
import type { ExcuseDecisionInput, ExcuseProposal } from '../contract/excuses';
import {
  type ExcuseDecision,
  type ExcuseRule,
  LONGEST_EXCUSE_DAYS,
  stateOf,
} from '../model/excuses/excuse-rule';
import {
  appendExcuseDecision,
  lockExcuses,
  makeExcusesDue,
  readExcuseRules,
} from '../store/manual/excuse-rows';

type By = { readonly actor: JournalActor; readonly now: Date };
type Rule = ExcuseRule & { readonly orgId: string };

/**
 * Proposes a rule; it excuses nothing before another person approves it. Throws `bad_request` for terms that no rule may have,
 * `not_found` for an organisation or a rule to be replaced that is not there.
 */
export async function proposeExcuse(
  sql: Sql,
  asked: { readonly orgIds: readonly string[]; readonly proposal: ExcuseProposal; readonly preview: unknown },
  by: By,
): Promise<{ readonly id: string }> {
  const { proposal } = asked;
  const person = personOf(by.actor);
  const orgId = proposal.orgId.toLowerCase();
  if (!asked.orgIds.includes(orgId))
    throw requestError('not_found', 'cannot propose the rule: there is no such organisation');
  const from = new Date(proposal.from);
  const expiresAt = new Date(proposal.expiresAt);
  if (from >= expiresAt)
    throw requestError('bad_request', 'cannot propose the rule: it ends before it begins');
  if (expiresAt <= by.now)
    throw requestError('bad_request', 'cannot propose the rule: its expiry lies in the past');
  if (expiresAt > addMs(by.now, LONGEST_EXCUSE_DAYS * DAY_MS))
    throw requestError(
      'bad_request',
      `cannot propose the rule: it would hold for more than ${LONGEST_EXCUSE_DAYS} days from now`,
      { hint: 'What needs no authorisation is thought over once a year.' },
    );
  await lockExcuses(sql, orgId);
  const replaces = proposal.replaces ?? null;
  const rules = await readExcuseRules(sql, [orgId]);
  if (replaces !== null && !rules.some((rule) => rule.id === replaces))
    throw requestError('not_found', 'cannot propose the rule: the one it would replace is not there');
  const id = newId('excuseRule', by.now);
  const { title, matcher, withHighRisk, reason } = proposal;
  const terms = { title, matcher, from, expiresAt, withHighRisk, replaces };
  await appendExcuseDecision(sql, orgId, {
    ruleId: id,
    decidedAt: by.now,
    what: 'proposed',
    ...person,
    reason,
    terms,
    endsAt: null,
  });
  await note(sql, {
    rule: { id, orgId },
    what: 'proposed',
    by,
    detail: { ...proposal, preview: asked.preview },
  });
  return { id };
}

/**
 * Approves, refuses or withdraws a rule. Whoever proposed it does not approve it. What comes to be judged otherwise is put on the
 * list of hours that `excuseChanges` reads. Throws `not_found`, `forbidden`, `conflict`.
 */
export async function decideExcuse(
  sql: Sql,
  asked: { readonly orgIds: readonly string[]; readonly id: string; readonly input: ExcuseDecisionInput },
  by: By,
): Promise<{ readonly orgId: string }> {
  const { input } = asked;
  const person = personOf(by.actor);
  const before = await ruleOf(sql, asked);
  await lockExcuses(sql, before.orgId);
  const rule = await ruleOf(sql, asked);
  const state = stateOf(rule, by.now);
  const say = (one: Pick<ExcuseDecision, 'ruleId' | 'what' | 'endsAt'> & { readonly reason?: string }) =>
    appendExcuseDecision(sql, rule.orgId, {
      decidedAt: by.now,
      ...person,
      terms: null,
      ...one,
      reason: one.reason ?? input.reason,
    });
  if (input.what === 'withdraw') {
    if (state === 'withdrawn' || state === 'refused' || state === 'expired')
      throw requestError('conflict', `cannot withdraw the rule: it is ${state}`);
    const endsAt = input.inside === 'keep' && by.now > rule.terms.from ? by.now : rule.terms.from;
    await say({ ruleId: rule.id, what: 'withdrawn', endsAt });
    await makeExcusesDue(sql, rule.orgId, { from: endsAt, to: rule.terms.expiresAt });
  } else {
    if (state !== 'proposed') throw requestError('conflict', `cannot decide about the rule: it is ${state}`);
    const may = mayApprove(rule, by.actor);
    if (!may.allowed)
      throw requestError('forbidden', 'cannot decide about the rule', { hint: may.because ?? '' });
    await say({ ruleId: rule.id, what: input.what === 'approve' ? 'approved' : 'refused', endsAt: null });
    if (input.what === 'approve') {
      const { replaces, from, expiresAt } = rule.terms;
      if (replaces !== null) await giveWay(sql, { rule, replaces, say, now: by.now });
      await makeExcusesDue(sql, rule.orgId, { from, to: expiresAt });
    }
  }
  await note(sql, {
    rule,
    what: input.what === 'withdraw' ? 'withdrawn' : input.what === 'approve' ? 'approved' : 'refused',
    by,
    detail: { ...input },
  });
  return { orgId: rule.orgId };
}

/** Whether somebody may approve or refuse a rule: a person other than the one who proposed it. */
export function mayApprove(
  rule: Pick<ExcuseRule, 'proposedBy'>,
  actor: Pick<JournalActor, 'kind' | 'id'>,
): { readonly allowed: boolean; readonly because: string | null } {
  if (actor.kind !== 'person' || actor.id === null)
    return { allowed: false, because: 'An approval is a person’s: sign in to give one.' };
  if (actor.id === rule.proposedBy.id)
    return { allowed: false, because: 'Whoever proposed a rule may not approve it: ask somebody else.' };
  return { allowed: true, because: null };
}

/** The rule that is replaced ends where the new one begins; what it excused before stays. */
async function giveWay(
  sql: Sql,
  of: {
    readonly rule: Rule;
    readonly replaces: string;
    readonly say: (one: {
      ruleId: string;
      what: 'withdrawn';
      endsAt: Date;
      reason: string;
    }) => Promise<string>;
    readonly now: Date;
  },
): Promise<void> {
  const old = (await readExcuseRules(sql, [of.rule.orgId])).find((one) => one.id === of.replaces);
  if (old === undefined || old.decisions.some((one) => one.what === 'withdrawn' || one.what === 'refused'))
    return;
  const endsAt = of.rule.terms.from > old.terms.from ? of.rule.terms.from : old.terms.from;
  await of.say({
    ruleId: old.id,
    what: 'withdrawn',
    endsAt,
    reason: `replaced by ${of.rule.terms.title} from ${toIso(endsAt)}`,
  });
  await makeExcusesDue(sql, of.rule.orgId, { from: endsAt, to: old.terms.expiresAt });
}

async function ruleOf(
  sql: Sql,
  asked: { readonly orgIds: readonly string[]; readonly id: string },
): Promise<Rule> {
  const rule = (await readExcuseRules(sql, asked.orgIds)).find((one) => one.id === asked.id);
  if (rule === undefined)
    throw requestError('not_found', 'cannot decide about the rule: there is none with this id');
  return rule;
}

function personOf(actor: JournalActor): { readonly deciderId: string; readonly decider: string } {
  if (actor.kind !== 'person' || actor.id === null)
    throw requestError('forbidden', 'cannot decide about the rule: that is a person’s act, sign in for it');
  return { deciderId: actor.id, decider: actor.name };
}

async function note(
  sql: Sql,
  of: {
    readonly rule: { readonly id: string; readonly orgId: string };
    readonly what: string;
    readonly by: By;
    readonly detail: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  await appendJournal(sql, {
    actor: of.by.actor,
    action: `excuse_rule.${of.what}`,
    objectType: 'excuse_rule',
    objectId: of.rule.id,
    orgId: of.rule.orgId,
    detail: of.detail,
    at: of.by.now,
  });
}
