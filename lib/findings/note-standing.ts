import type { Sql } from '@/lib/db/sql';
import type { Finding } from './model/concern';
import { type Standing, type StandingConcern, seenAgain } from './model/standing';
import { raiseFindings } from './raise-findings';
import {
  appendStandingEvents,
  clearOlder,
  lockStanding,
  markNotEvaluated,
  type StandingEvent,
  selectStanding,
  selectStandingEvents,
  upsertHolding,
} from './store/standing';

/**
 * Keeps that these concerns hold in the state as of `checkedAt`: raises a finding for each key that is new, and tells what
 * appeared, changed or came back. Call it for each batch of a run with the run's one `checkedAt`, then `clearUnseen`.
 * Of concerns with one key the first stands. Returns the findings that were new.
 */
export async function noteHolding(
  sql: Sql,
  input: {
    readonly orgId: string;
    readonly concerns: readonly StandingConcern[];
    readonly checkedAt: Date;
    readonly ruleSha256Of: (rule: string) => string;
    readonly now: Date;
  },
): Promise<Finding[]> {
  const { orgId, checkedAt, now } = input;
  const byKey = new Map<string, StandingConcern>();
  for (const concern of input.concerns) if (!byKey.has(concern.key)) byKey.set(concern.key, concern);
  if (byKey.size === 0) return [];
  const stood = new Map(
    (await lockStanding(sql, orgId, [...byKey.keys()])).map((standing) => [standing.key, standing]),
  );
  const concerns = [...byKey.values()];
  const events = concerns.flatMap((concern): StandingEvent[] => {
    const what = seenAgain(stood.get(concern.key) ?? null, concern);
    return what === null
      ? []
      : [
          {
            orgId,
            key: concern.key,
            at: checkedAt,
            what,
            severity: concern.severity,
            sentence: concern.sentence,
            because: null,
          },
        ];
  });
  const raised = await raiseFindings(sql, {
    orgId,
    concerns: concerns.map(({ riskBasis: _, ...concern }) => concern),
    ruleSha256Of: input.ruleSha256Of,
    now,
  });
  await upsertHolding(sql, { orgId, concerns, checkedAt });
  await appendStandingEvents(sql, events, now);
  return raised;
}

/**
 * Clears what these rules said before and the run of `checkedAt` no longer saw. Only for rules that the run evaluated wholly;
 * `keepKeys` are findings whose subject alone could not be looked at. Returns what was cleared.
 */
export async function clearUnseen(
  sql: Sql,
  input: {
    readonly orgId: string;
    readonly rules: readonly string[];
    readonly checkedAt: Date;
    readonly keepKeys?: readonly string[];
    readonly now: Date;
  },
): Promise<readonly Standing[]> {
  const cleared = await clearOlder(sql, { ...input, keepKeys: input.keepKeys ?? [] });
  await appendStandingEvents(
    sql,
    cleared.map((one) => eventOf(one, 'cleared', input.checkedAt)),
    input.now,
  );
  return cleared;
}

/** Marks what these rules found, or these keys of theirs, as not evaluated: it neither holds nor is cleared until looked at again. */
export async function noteNotEvaluated(
  sql: Sql,
  input: {
    readonly orgId: string;
    readonly rules: readonly string[];
    readonly keys?: readonly string[];
    readonly because: string;
    readonly checkedAt: Date;
    readonly now: Date;
  },
): Promise<readonly Standing[]> {
  const marked = await markNotEvaluated(sql, { ...input, keys: input.keys ?? null });
  await appendStandingEvents(
    sql,
    marked.map((one) => eventOf(one, 'not_evaluated', input.checkedAt)),
    input.now,
  );
  return marked;
}

/** How findings with these keys stand; those about acts have no standing. */
export function standingOfKeys(sql: Sql, orgId: string, keys: readonly string[]): Promise<Standing[]> {
  return selectStanding(sql, orgId, keys);
}

/** What happened to one finding about a state, oldest first. */
export function standingHistory(
  sql: Sql,
  orgId: string,
  key: string,
): ReturnType<typeof selectStandingEvents> {
  return selectStandingEvents(sql, orgId, key);
}

function eventOf(one: Standing, what: StandingEvent['what'], at: Date): StandingEvent {
  return {
    orgId: one.orgId,
    key: one.key,
    at,
    what,
    severity: one.severity,
    sentence: one.sentence,
    because: one.because,
  };
}
