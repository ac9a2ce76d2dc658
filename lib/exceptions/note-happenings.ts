import type { Sql } from '@/lib/db/sql';
import type { JournalActor } from '@/lib/kernel/actor';
import type { Exception } from './model/exception';
import type { Happening } from './model/happening';
import { addHappening } from './model/sum-happenings';
import { appendEvents, type NewEvent } from './store/events';
import { updateExceptions } from './store/exceptions';

/** What is to happen to an exception that the caller's transaction holds. */
export type ToHappen = {
  readonly exception: Exception;
  readonly happenings: readonly { readonly happening: Happening; readonly onceKey?: string }[];
};

/** Appends what happens and brings the rows to what that sums to; returns the exceptions as they are then. */
export async function noteHappenings(
  sql: Sql,
  things: readonly ToHappen[],
  by: { readonly actor: Pick<JournalActor, 'kind' | 'id' | 'name'>; readonly now: Date },
): Promise<Exception[]> {
  const events: NewEvent[] = [];
  const after = things.map(({ exception, happenings }) =>
    happenings.reduce((sum: Exception, { happening, onceKey }) => {
      const happened = { seq: sum.lastSeq + 1, at: by.now, actor: by.actor, happening };
      events.push({
        ...happened,
        orgId: exception.orgId,
        exceptionId: exception.id,
        onceKey: onceKey ?? null,
      });
      return addHappening(sum, happened);
    }, exception),
  );
  await appendEvents(sql, events, by.now);
  await updateExceptions(sql, after);
  return after;
}
