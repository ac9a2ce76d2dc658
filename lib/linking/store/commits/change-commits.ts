import type { Sql } from '@/lib/db/sql';
import type { CommitPlace } from './merges';

export type ChangeCommit = CommitPlace & {
  readonly changeId: string;
  readonly eventDate: Date;
  /** The hash as the change cites it. */
  readonly reference: string;
  /** Whether a pipeline client made the change: then its deployment is looked at next. */
  readonly byPipeline: string | null;
};

/** Keeps which changes cite which commit, and notes the deployments that this says something about. */
export async function keepChangeCommits(
  sql: Sql,
  orgId: string,
  rows: readonly ChangeCommit[],
): Promise<void> {
  if (rows.length === 0) return;
  const sorted = [...rows].sort((left, right) => (left.changeId < right.changeId ? -1 : 1));
  await sql.query(
    `with new as (
       insert into change_commit (org_id, change_id, event_date, repository, hash, reference)
       select $1, change_id, event_date, repository, hash, reference
       from unnest($2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[]) as t (change_id, event_date, repository, hash, reference)
       on conflict do nothing returning change_id, event_date
     )
     insert into deployment_stamp (org_id, change_id, event_date, actor_id)
     select distinct on (new.change_id) $1, new.change_id, new.event_date, t.actor_id
     from new join unnest($2::text[], $7::text[]) as t (change_id, actor_id) on t.change_id = new.change_id and t.actor_id is not null
     on conflict do nothing`,
    [
      orgId,
      sorted.map((row) => row.changeId),
      sorted.map((row) => row.eventDate),
      sorted.map((row) => row.repository),
      sorted.map((row) => row.hash),
      sorted.map((row) => row.reference),
      sorted.map((row) => row.byPipeline),
    ],
  );
}

export type Act = {
  readonly changeId: string;
  readonly at: Date;
  readonly actorId: string;
  /** The commit it cites itself; null for none that was found. */
  readonly commit: CommitPlace | null;
};

/** What the actors did in any of the ranges, in order of time; a change that cites two commits stands twice. */
export async function actsOf(
  sql: Sql,
  asked: {
    orgId: string;
    actorIds: readonly string[];
    ranges: readonly { readonly from: Date; readonly to: Date }[];
  },
): Promise<Act[]> {
  const rows = await sql.query<{
    id: string;
    event_date: Date;
    actor_id: string;
    hash: string | null;
    repository: string | null;
  }>(
    `select c.id, c.event_date, c.actor_id, cc.hash, cc.repository
     from unnest($3::timestamptz[], $4::timestamptz[]) as r (lo, hi)
     join change c on c.org_id = $1 and c.event_date >= r.lo and c.event_date <= r.hi and c.actor_id = any($2) and c.accountable
     left join change_commit cc on cc.org_id = c.org_id and cc.change_id = c.id
     order by c.event_date, c.id, cc.hash`,
    [
      asked.orgId,
      asked.actorIds,
      asked.ranges.map((range) => range.from),
      asked.ranges.map((range) => range.to),
    ],
  );
  return rows.map((row) => ({
    changeId: row.id,
    at: row.event_date,
    actorId: row.actor_id,
    commit:
      row.hash === null || row.repository === null ? null : { hash: row.hash, repository: row.repository },
  }));
}

export type DueStamp = { readonly changeId: string; readonly at: Date; readonly actorId: string };

/** The next deployments to look at, oldest first. */
export async function dueStamps(sql: Sql, orgId: string, limit: number): Promise<DueStamp[]> {
  return sql.query<DueStamp>(
    `select change_id as "changeId", event_date as at, actor_id as "actorId" from deployment_stamp
     where org_id = $1 order by event_date, change_id limit $2`,
    [orgId, limit],
  );
}

/** Takes away what was looked at. */
export async function dropStamps(sql: Sql, orgId: string, changeIds: readonly string[]): Promise<void> {
  await sql.query('delete from deployment_stamp where org_id = $1 and change_id = any($2)', [
    orgId,
    changeIds,
  ]);
}
