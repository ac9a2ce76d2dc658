import type { Sql } from '@/lib/db/sql';
import type { PropertyChange } from '../../model/record/change';
import type { Comparable } from '../../model/record/compare-versions';

/** A change as it was kept, for comparing with another appearance. */
export type KnownRecord = Comparable & { readonly sha256: Buffer };

type Row = {
  id: string;
  event_date: Date;
  service: string;
  action: string;
  entity_id: string | null;
  actor_id: string | null;
  status: string | null;
  property_changes: PropertyChange[];
  sha256: Buffer;
};

/** The kept changes of these ids. */
export async function knownRecords(sql: Sql, orgId: string, ids: readonly string[]): Promise<KnownRecord[]> {
  const rows = await sql.query<Row>(
    `select c.id, c.event_date, c.service, c.action, c.entity_id, c.actor_id, c.status, c.property_changes, r.sha256
     from raw_event r join change c on c.event_date = r.event_date and c.id = r.source_id and c.org_id = r.org_id
     where r.org_id = $1 and r.source_id = any ($2::text[])`,
    [orgId, ids],
  );
  return rows.map((row) => ({
    id: row.id,
    eventDate: row.event_date,
    service: row.service,
    action: row.action,
    entityId: row.entity_id,
    actorId: row.actor_id,
    status: row.status,
    propertyChanges: row.property_changes,
    sha256: row.sha256,
  }));
}

/** Digests of the raw bytes of these ids: most records seen again are the same to the byte. */
export async function knownDigests(
  sql: Sql,
  orgId: string,
  ids: readonly string[],
): Promise<Map<string, Buffer>> {
  const rows = await sql.query<{ id: string; sha256: Buffer }>(
    'select source_id as id, sha256 from raw_event where org_id = $1 and source_id = any ($2::text[])',
    [orgId, ids],
  );
  return new Map(rows.map((row) => [row.id, row.sha256]));
}
