import type { Sql } from '@/lib/db/sql';
import { toIso } from '@/lib/kernel/instant';
import type { ChangeDetailDto } from '../../contract';

type Row = {
  page_id: string;
  page_number: number;
  query_id: string | null;
  url: string | null;
  byte_offset: number;
  byte_length: number;
  sha256: string;
  page_sha256: string;
};

/** Where a record's bytes lie, how they came, and by which paths it was seen; null when it is not known to this connection. */
export async function evidenceOf(
  sql: Sql,
  orgId: string,
  sourceId: string,
): Promise<ChangeDetailDto['evidence'] | null> {
  const rows = await sql.query<Row>(
    `select p.page_id, p.page_number, p.query_id, p.url, r.byte_offset, r.byte_length, encode(r.sha256, 'hex') as sha256, encode(p.sha256, 'hex') as page_sha256
     from raw_event r join raw_page p on p.page_id = r.page_id where r.org_id = $1 and r.source_id = $2`,
    [orgId, sourceId],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const sightings = await sql.query<{ path: 'push' | 'pull' | 'realtime' | 'file'; received_at: Date }>(
    'select path, received_at from sighting where org_id = $1 and source_id = $2 order by received_at',
    [orgId, sourceId],
  );
  return {
    pageId: row.page_id,
    pageNumber: row.page_number,
    queryId: row.query_id,
    url: row.url,
    offset: row.byte_offset,
    length: row.byte_length,
    recordSha256: row.sha256,
    pageSha256: row.page_sha256,
    sightings: sightings.map((one) => ({ path: one.path, receivedAt: toIso(one.received_at) })),
  };
}
