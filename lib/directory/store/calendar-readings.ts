import type { Sql } from '@/lib/db/sql';
import type { WindowSource } from '../model/window/window';

export type ReadSource = Exclude<WindowSource, 'typed'>;

/** How reading a source of windows went. */
export type CalendarReading = {
  readonly orgId: string;
  readonly source: ReadSource;
  readonly firstReadAt: Date | null;
  readonly lastReadAt: Date | null;
  /** Since when it has not answered; null where it answered last. */
  readonly failedSince: Date | null;
  readonly because: string | null;
};

/** The readings of organisations, of sources that were asked at all. */
export async function loadReadings(sql: Sql, orgIds: readonly string[]): Promise<CalendarReading[]> {
  return sql.query<CalendarReading>(
    `select org_id as "orgId", source, first_read_at as "firstReadAt", last_read_at as "lastReadAt", failed_since as "failedSince", because
     from calendar_reading where org_id = any ($1::uuid[]) order by org_id, source`,
    [orgIds],
  );
}

/** Keeps that a source was read, or could not be and why. What it said before stays as it is. */
export async function keepReading(
  sql: Sql,
  reading: { orgId: string; source: ReadSource; at: Date; because: string | null },
): Promise<void> {
  await sql.query(
    `insert into calendar_reading as r (org_id, source, first_read_at, last_read_at, failed_since, last_tried_at, because)
     values ($1, $2, case when $4::text is null then $3::timestamptz end, case when $4::text is null then $3::timestamptz end,
       case when $4::text is not null then $3::timestamptz end, $3, $4)
     on conflict (org_id, source) do update set
       first_read_at = coalesce(r.first_read_at, excluded.first_read_at),
       last_read_at = coalesce(excluded.last_read_at, r.last_read_at),
       failed_since = case when excluded.because is not null then coalesce(r.failed_since, excluded.failed_since) end,
       last_tried_at = excluded.last_tried_at, because = excluded.because`,
    [reading.orgId, reading.source, reading.at, reading.because],
  );
}
