import type { Sql } from '@/lib/db/sql';
import { graver, severityNumber } from '@/lib/findings/model/severity';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { newId } from '@/lib/kernel/ids';
import { DAY_MS, toIsoMs } from '@/lib/kernel/instant';
import type { Exception, Opening } from './model/exception';
import { assignmentRuleOf, controlsOf, openingRuleOf } from './model/rules';
import { addHappening } from './model/sum-happenings';
import { noteHappenings, type ToHappen } from './note-happenings';
import { appendEvents } from './store/events';
import { insertExceptions, lockExceptions } from './store/exceptions';
import type { RulesOf } from './store/rules';
import { selectUnanswered, type Unanswered } from './store/work';

/** What happened so long before it was opened is marked historic. */
const HISTORIC_AFTER_MS = 7 * DAY_MS;

export type OpenedBatch = {
  readonly opened: readonly Exception[];
  /** Key of the last finding looked at; null: there are no more. */
  readonly next: string | null;
};

/**
 * Opens an exception for each of the next findings after `after` that needs a person by the rules in force, once per key and stretch,
 * whoever else does so at once. What comes back is linked to its former round and is at least as grave. Within a transaction.
 */
export async function openExceptions(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly after: string;
    readonly limit: number;
    readonly rules: RulesOf;
    /** Names of those who may own an exception, by id. */
    readonly people: ReadonlyMap<string, string>;
    readonly now: Date;
  },
): Promise<OpenedBatch> {
  const { orgId, rules, now } = asked;
  const inForce = rules.opening.filter((rule) => rule.on);
  if (inForce.length === 0) return { opened: [], next: null };
  const acts = inForce.filter((rule) => rule.about !== 'state');
  const found = await selectUnanswered(sql, {
    orgId,
    after: asked.after,
    limit: asked.limit,
    minSeverity: Math.min(...inForce.map((rule) => severityNumber(rule.minSeverity))),
    actRules: acts.some((rule) => rule.rules.length === 0)
      ? null
      : acts.flatMap((rule) => rule.rules.map(likePattern)),
  });
  const wanted = found.flatMap((one) => openingOf(one, asked) ?? []);
  const opening = wanted.map((one) => {
    const happened = {
      seq: 1,
      at: now,
      actor: SYSTEM_ACTOR,
      happening: { kind: 'opened' as const, opening: one },
    };
    return { happened, exception: addHappening(null, happened) };
  });
  const isNew = await insertExceptions(
    sql,
    opening.map((one) => one.exception),
  );
  const fresh = opening.filter((one) => isNew.has(one.exception.id));
  await appendEvents(
    sql,
    fresh.map(({ happened, exception }) => ({
      ...happened,
      orgId,
      exceptionId: exception.id,
      onceKey: 'opened',
    })),
    now,
  );
  await linkFormer(
    sql,
    fresh.map((one) => one.exception),
    now,
  );
  return {
    opened: fresh.map((one) => one.exception),
    next: found.length < asked.limit ? null : (found.at(-1)?.key ?? null),
  };
}

function openingOf(
  found: Unanswered,
  asked: {
    readonly orgId: string;
    readonly rules: RulesOf;
    readonly people: ReadonlyMap<string, string>;
    readonly now: Date;
  },
): Opening | null {
  const { rules, now } = asked;
  const severity = found.former === null ? found.severity : graver(found.severity, found.former.severity);
  const subject = {
    rule: found.rule,
    about: found.about,
    severity,
    divisionIds: found.divisionIds,
    controlIds: [],
  };
  const rule = openingRuleOf(subject, rules.opening);
  if (rule === null) return null;
  const controlIds = controlsOf(found, rule);
  const assigned = assignmentRuleOf({ ...subject, controlIds }, rules.assignment);
  const owner = assigned === null ? undefined : asked.people.get(assigned.ownerId);
  const happenedAt = found.about === 'state' ? found.since : found.occurredAt;
  const raised = severity === found.severity ? [] : ['it recurred, and the former was as grave'];
  return {
    id: newId('exception', now),
    orgId: asked.orgId,
    key: found.key,
    round: (found.former?.round ?? 0) + 1,
    findingId: found.findingId,
    rule: found.rule,
    about: found.about,
    stretch: found.stretch,
    historic: now.getTime() - happenedAt.getTime() > HISTORIC_AFTER_MS,
    openedAt: toIsoMs(now),
    occurredAt: toIsoMs(happenedAt),
    subject: found.subject,
    divisionIds: found.divisionIds,
    controlIds,
    moveId: found.moveId,
    changeIds: found.changeIds,
    formerId: found.former?.id ?? null,
    openedBecause: found.former === null ? rule.says : `It came back after it was answered. ${rule.says}`,
    severity,
    severityBecause: [...found.reasons, ...raised].join('; '),
    sentence: found.sentence,
    riskBasis: found.riskBasis,
    owner: assigned === null || owner === undefined ? null : { id: assigned.ownerId, name: owner },
    slaDays: rules.sla.dueDays[severity],
  };
}

/** The former round says which one follows it. */
async function linkFormer(sql: Sql, opened: readonly Exception[], now: Date): Promise<void> {
  const successorOf = new Map(
    opened.flatMap((one) => (one.formerId === null ? [] : [[one.formerId, one.id]])),
  );
  if (successorOf.size === 0) return;
  const formers = await lockExceptions(sql, [...successorOf.keys()]);
  await noteHappenings(
    sql,
    formers.map((exception): ToHappen => {
      const successorId = successorOf.get(exception.id) ?? '';
      return { exception, happenings: [{ happening: { kind: 'recurred', successorId } }] };
    }),
    { actor: SYSTEM_ACTOR, now },
  );
}

/** A rule's pattern as `like` takes it. */
function likePattern(rule: string): string {
  const escaped = rule.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
  return escaped.endsWith('*') ? `${escaped.slice(0, -1)}%` : escaped;
}
