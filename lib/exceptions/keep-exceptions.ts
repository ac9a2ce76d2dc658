import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import type { Exception } from './model/exception';
import { keepUp, reminderOf } from './model/keep';
import { noteHappenings, type ToHappen } from './note-happenings';
import { openExceptions } from './open-exceptions';
import { rulesInForce } from './rules-in-force';
import { selectPeople } from './store/exceptions';
import { noteKept } from './store/keeping';
import { lockAnswered, lockDue, lockToRemind } from './store/work';
import { tellOfOpened, tellOfReminders, tellOfReturned } from './tell-people';

/** Each batch is one transaction: a killed run goes on where it was. */
const BATCH = 1_000;
/** Moves whose review by somebody else answers the finding. */
export const MOVE_RULES = [
  'self-move',
  'restricted-move',
  'boundary-cross',
  'unaudited-move',
  'division-move',
] as const;
/** Findings that say that nothing asked for a change: a request that did answers them. */
export const LINK_RULES = ['high-risk-ad-hoc'] as const;

export type Kept = {
  readonly opened: number;
  readonly recurred: number;
  readonly resolved: number;
  /** Acceptances that ended or went stale, and false positives that did. */
  readonly returned: number;
  readonly changed: number;
  readonly reminded: number;
};

/**
 * What time and newer runs make of the exceptions of an organisation: resolves what a run no longer finds and what was answered,
 * returns what was accepted for too long or for another risk, opens what needs a person now, and reminds. Set-wise, in batches; safe
 * to repeat, to overlap and to kill: what is locked by somebody is left for the next run.
 */
export async function keepExceptions(
  db: Database,
  asked: { readonly orgId: string; readonly now: Date; readonly signal?: AbortSignal },
): Promise<Kept> {
  const { orgId, now } = asked;
  const counts = { opened: 0, recurred: 0, resolved: 0, returned: 0, changed: 0, reminded: 0 };
  const stopped = () => asked.signal?.aborted ?? false;
  // What went comes before what is new: a state that went and came back is first resolved, then opened anew.
  await eachBatch(stopped, (after) =>
    db.transaction(async (sql) => {
      const due = await lockDue(sql, { orgId, after, limit: BATCH, now });
      const things = due.map(({ exception, standing }) => ({
        exception,
        happenings: keepUp(exception, { standing, evidence: null }, now).map((happening) => ({ happening })),
      }));
      await note(sql, things, now, counts);
      return due.length < BATCH ? null : (due.at(-1)?.exception.id ?? null);
    }),
  );
  await eachBatch(stopped, (after) =>
    db.transaction(async (sql) => {
      const answered = await lockAnswered(sql, {
        orgId,
        after,
        limit: BATCH,
        moveRules: MOVE_RULES,
        linkRules: LINK_RULES,
      });
      const things = answered.map(({ exception, evidence }) => ({
        exception,
        happenings: keepUp(exception, { standing: null, evidence }, now).map((happening) => ({ happening })),
      }));
      await note(sql, things, now, counts);
      return answered.length < BATCH ? null : (answered.at(-1)?.exception.id ?? null);
    }),
  );
  await openAll(db, { orgId, now, stopped, counts });
  await eachBatch(stopped, (after) =>
    db.transaction(async (sql) => {
      const near = await lockToRemind(sql, { orgId, after, limit: BATCH, now });
      const reminders = near.flatMap((exception) => {
        const reminder = reminderOf(exception, now);
        return reminder === null ? [] : [{ exception, reminder }];
      });
      await noteHappenings(
        sql,
        reminders.map(({ exception, reminder: { onceKey, what, says } }) => ({
          exception,
          happenings: [{ happening: { kind: 'reminded', what, says }, onceKey }],
        })),
        { actor: SYSTEM_ACTOR, now },
      );
      await tellOfReminders(sql, reminders, now);
      counts.reminded += reminders.length;
      return near.length < BATCH ? null : (near.at(-1)?.id ?? null);
    }),
  );
  await noteKept(db.sql, { orgId, now, counts });
  return counts;
}

async function openAll(
  db: Database,
  of: {
    readonly orgId: string;
    readonly now: Date;
    readonly stopped: () => boolean;
    readonly counts: { opened: number; recurred: number };
  },
): Promise<void> {
  const { orgId, now, counts } = of;
  const rules = await rulesInForce(db.sql, orgId, now);
  const people = new Map((await selectPeople(db.sql, [orgId])).map(({ id, name }) => [id, name]));
  await eachBatch(of.stopped, (after) =>
    db.transaction(async (sql) => {
      const { opened, next } = await openExceptions(sql, { orgId, after, limit: BATCH, rules, people, now });
      counts.opened += opened.length;
      counts.recurred += opened.filter((one) => one.formerId !== null).length;
      await tellOfOpened(sql, opened, now);
      return next;
    }),
  );
}

async function note(
  sql: Sql,
  things: readonly ToHappen[],
  now: Date,
  counts: { resolved: number; returned: number; changed: number },
): Promise<void> {
  const real = things.filter((one) => one.happenings.length > 0);
  const returned: Exception[] = [];
  const after = await noteHappenings(sql, real, { actor: SYSTEM_ACTOR, now });
  real.forEach(({ happenings }, n) => {
    const kinds = happenings.map(({ happening }) => happening.kind);
    const exception = after[n];
    if (kinds.includes('resolved')) counts.resolved += 1;
    else if (kinds.includes('expired') || kinds.includes('went_stale')) {
      counts.returned += 1;
      if (exception !== undefined) returned.push(exception);
    } else counts.changed += 1;
  });
  await tellOfReturned(sql, returned, now);
}

/** Runs batch after batch until one says that there is no more, or the process is to stop. */
async function eachBatch(
  stopped: () => boolean,
  run: (after: string) => Promise<string | null>,
): Promise<void> {
  let after: string | null = '';
  while (after !== null && !stopped()) after = await run(after);
}
