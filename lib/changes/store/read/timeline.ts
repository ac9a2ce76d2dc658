import type { Sql } from '@/lib/db/sql';
import type { Planning } from '@/lib/kernel/words';
import type { ChangeFilter } from '../../contract';
import type { Grain } from '../../model/timeline/grains';
import { type SearchHits, whereOf } from './change-filter';
import { countable, isRolled } from './counts';

/** A change as far as placing it on the timeline needs. */
export type TimelineRow = {
  readonly orgId: string;
  readonly id: string;
  readonly eventDate: Date;
  readonly service: string;
  readonly entityType: string;
  readonly action: string;
  readonly planning: Planning;
  readonly risk: number;
  readonly sessionId: string | null;
};

/** The newest changes under the filter, at most `limit`; the partial index of high risk holds them. */
export async function timelineRows(
  sql: Sql,
  filter: ChangeFilter,
  asked: { readonly search: SearchHits | null; readonly limit: number },
): Promise<TimelineRow[]> {
  const where = whereOf(filter, asked.search);
  return sql.query<TimelineRow>(
    `select c.org_id as "orgId", c.id, c.event_date as "eventDate", c.service, c.entity_type as "entityType", c.action, c.planning, c.risk, c.session_id as "sessionId"
     from change c where ${where.sql} order by c.event_date desc, c.id desc limit $${where.values.length + 1}`,
    [...where.values, asked.limit],
  );
}

export type TimelineCell = {
  readonly bucket: Date;
  readonly entityType: string;
  readonly action: string;
  readonly planning: Planning;
  readonly risk: number;
  readonly n: number;
};

/** Counts under the filter by bucket and by what a bin is told apart by; from rollups where they can tell it. */
export async function timelineCells(
  sql: Sql,
  filter: ChangeFilter,
  asked: { readonly search: SearchHits | null; readonly grain: Grain },
): Promise<TimelineCell[]> {
  const { grain, search } = asked;
  const columns = 'entity_type as "entityType", action, planning, risk';
  if (grain !== 'minute' && grain !== 'hour' && isRolled(filter)) {
    const rows = countable(filter, search);
    return sql.query<TimelineCell>(
      `select date_trunc('${grain}', day, 'UTC') as bucket, ${columns}, sum(n)::int8 as n from (${rows.sql}) f group by 1, 2, 3, 4, 5 having sum(n) <> 0`,
      rows.values,
    );
  }
  const where = whereOf(filter, search);
  return sql.query<TimelineCell>(
    `select date_trunc('${grain}', event_date, 'UTC') as bucket, ${columns}, count(*) as n from change c where ${where.sql} group by 1, 2, 3, 4, 5`,
    where.values,
  );
}
