import type { Sql } from '@/lib/db/sql';
import { CHANGE_COLUMNS, type ChangeRow } from './change-rows';

/** A change with what only rules ask for. */
export type JudgedRow = ChangeRow & {
  readonly bypass: boolean;
  readonly divisionId: string | null;
  /** Holds text that may cite a ticket or commit, which nobody has looked up yet: ad-hoc is then no verdict. */
  readonly awaitsLinks: boolean;
};

export type RowPlace = { readonly eventDate: Date; readonly id: string };

/** The next changes of these hours that somebody made (accountable, or of another organisation), in event time, after `after`. */
export async function selectActsOfHours(
  sql: Sql,
  asked: { orgId: string; hours: readonly Date[]; after: RowPlace | null; limit: number },
): Promise<JudgedRow[]> {
  const { orgId, hours, after, limit } = asked;
  if (hours.length === 0) return [];
  const first = hours.reduce((a, b) => (a < b ? a : b));
  const last = hours.reduce((a, b) => (a > b ? a : b));
  return sql.query<JudgedRow>(
    // The bounds prune partitions; the list alone would not.
    `select ${CHANGE_COLUMNS}, c.bypass, c.division_id as "divisionId",
       (c.accountable and c.citable_text is not null and c.link_checked_at is null) as "awaitsLinks" from change c
     where c.org_id = $1 and c.event_date >= $2 and c.event_date < $3::timestamptz + interval '1 hour'
       and date_trunc('hour', c.event_date, 'UTC') = any($4::timestamptz[]) and (c.accountable or c.actor_kind = 'external')
       and ($5::timestamptz is null or (c.event_date, c.id) > ($5, $6))
     order by c.event_date, c.id limit $7`,
    [orgId, first, last, hours, after?.eventDate ?? null, after?.id ?? '', limit],
  );
}

/** When and by whom OAuth clients were made in `[from, to)`, in event time. */
export async function selectClientsMade(
  sql: Sql,
  asked: { orgId: string; from: Date; to: Date },
): Promise<{ at: Date; id: string; actorId: string }[]> {
  return sql.query(
    `select event_date as at, id, actor_id as "actorId" from change
     where org_id = $1 and event_date >= $2 and event_date < $3 and entity_type = 'OAuthClient' and action = 'Create'
       and accountable and actor_id is not null order by event_date, id`,
    [asked.orgId, asked.from, asked.to],
  );
}
