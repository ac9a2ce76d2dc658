import type { Sql } from '@/lib/db/sql';
import { RETENTION_MS } from '@/lib/genesys/model/plan-chunks';
import { addMs, HOUR_MS, type Interval } from '@/lib/kernel/instant';
import { hoursToAskAgain } from '../store/coverage/gaps';

/** Hours asked for again by one pass: two weeks' worth, so that a pass ends. */
const MAX_HOURS = 336;

/**
 * Stretches of whole hours that were asked for and not answered, or not permitted, and that may still be asked for; newest
 * first. Hours tried after `triedBefore` are left for a later pass.
 */
export async function findGaps(
  sql: Sql,
  asked: { readonly orgId: string; readonly now: Date; readonly triedBefore: Date },
): Promise<Interval[]> {
  const hours = await hoursToAskAgain(sql, {
    orgId: asked.orgId,
    source: 'pull',
    from: addMs(asked.now, -RETENTION_MS),
    triedBefore: asked.triedBefore,
    limit: MAX_HOURS,
  });
  const stretches: Interval[] = [];
  for (const hour of hours) {
    const last = stretches.at(-1);
    const end = addMs(hour, HOUR_MS);
    if (last !== undefined && last.from.getTime() === end.getTime())
      stretches[stretches.length - 1] = { from: hour, to: last.to };
    else stretches.push({ from: hour, to: end });
  }
  return stretches;
}
