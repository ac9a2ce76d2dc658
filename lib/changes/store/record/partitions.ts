import type { Database } from '@/lib/db/connection';

/** Months whose partition is known to exist, by database. */
const made = new WeakMap<Database, Set<string>>();

/**
 * Makes the month partitions of `change` for these event times, where missing. In a transaction of its own, before the
 * batch's: a new partition locks the whole table for a moment.
 */
export async function makePartitions(db: Database, eventDates: Iterable<Date>): Promise<void> {
  const known = made.get(db) ?? new Set<string>();
  made.set(db, known);
  const missing = new Map<string, Date>();
  for (const at of eventDates) {
    const month = at.getUTCFullYear() * 12 + at.getUTCMonth();
    const key = String(month);
    if (!known.has(key) && !missing.has(key)) missing.set(key, at);
  }
  for (const [key, at] of [...missing].sort()) {
    await db.sql.query(`select tally.make_month_partition('change', $1)`, [at]);
    known.add(key);
  }
}
