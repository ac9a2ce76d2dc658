import type { Database } from '@/lib/db/connection';
import { toIso } from '@/lib/kernel/instant';
import { planDeliveries } from '../deliveries/plan-delivery';
import { releaseHeld, suppressDeliveries } from '../deliveries/release-held';
import { digestOf } from '../model/routing/digest';
import { dueHeld, type HeldDelivery } from '../store/alert/held-rows';

/**
 * Sends what quiet hours and digests kept back and whose time has come: one message per channel and organisation. A single
 * one goes out as it is. Returns how many were let go. Safe to repeat: the digest's key is that of its first message.
 */
export async function sendDigests(
  db: Database,
  { now }: { readonly now: Date },
): Promise<{ readonly released: number; readonly digests: number }> {
  return db.transaction(async (sql) => {
    await sql.query(`select pg_advisory_xact_lock(hashtextextended('tallystick.digests', 0))`);
    const single: string[] = [];
    let released = 0;
    let digests = 0;
    for (const [first, ...others] of grouped(await dueHeld(sql, now))) {
      if (first === undefined) continue;
      released += others.length + 1;
      if (others.length === 0) {
        single.push(first.id);
        continue;
      }
      const key = `digest/${first.id}`;
      const messages = [first, ...others].map((held) => held.message);
      await planDeliveries(
        sql,
        [
          {
            key,
            orgId: first.orgId,
            alertId: null,
            channelId: first.channelId,
            purpose: 'digest',
            message: digestOf(messages, key),
            notBefore: now,
            held: null,
          },
        ],
        now,
      );
      await suppressDeliveries(sql, {
        ids: [first, ...others].map((held) => held.id),
        because: `Told in the digest of ${toIso(now)}.`,
      });
      digests += 1;
    }
    if (single.length > 0) await releaseHeld(sql, { ids: single }, now);
    return { released, digests };
  });
}

function grouped(held: readonly HeldDelivery[]): HeldDelivery[][] {
  const groups = new Map<string, HeldDelivery[]>();
  for (const one of held) {
    const key = `${one.channelId} ${one.orgId}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}
