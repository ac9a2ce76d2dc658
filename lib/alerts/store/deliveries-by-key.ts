import type { Sql } from '@/lib/db/sql';
import type { DeliveryState } from '../contract/deliveries';

/** How the deliveries with these keys stand, by key. */
export async function deliveriesByKey(
  sql: Sql,
  keys: readonly string[],
): Promise<Map<string, { readonly state: DeliveryState; readonly because: string | null }>> {
  const rows = await sql.query<{ key: string; state: DeliveryState; because: string | null }>(
    'select key, state, because from delivery where key = any ($1::text[])',
    [keys],
  );
  return new Map(rows.map(({ key, ...row }) => [key, row]));
}
