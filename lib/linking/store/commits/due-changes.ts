import type { Sql } from '@/lib/db/sql';
import { addMs } from '@/lib/kernel/instant';
import { DEPLOYMENT_REACH_MS } from '../../model/loop/deployment';
import {
  CHANGE_COLUMNS,
  type ChangePlace,
  type ChangeRow,
  type ChangeToLink,
  changeOf,
} from '../changes-to-link';
import { dropStamps, dueStamps } from './change-commits';

type Asked = { readonly orgId: string; readonly after: ChangePlace | null; readonly limit: number };

/** The next changes that cite a commit whose host could not be asked, last tried at or before `triedBefore`. In order, after `after`. */
export async function readUnheardMerges(
  sql: Sql,
  asked: Asked & { readonly triedBefore: Date },
): Promise<ChangeToLink[]> {
  const rows = await sql.query<ChangeRow>(
    `select ${CHANGE_COLUMNS} from change where org_id = $1 and accountable
       and (event_date, id) in (
         select cc.event_date, cc.change_id from commit_merge_lookup l
         join change_commit cc on cc.org_id = l.org_id and cc.hash = l.hash and cc.repository = l.repository
         where l.org_id = $1 and l.failed_at <= $5 and ($2::timestamptz is null or (cc.event_date, cc.change_id) > ($2, $3))
         order by cc.event_date, cc.change_id limit $4)
     order by event_date, id`,
    [asked.orgId, asked.after?.eventDate ?? null, asked.after?.id ?? '', asked.limit, asked.triedBefore],
  );
  return rows.map(changeOf);
}

/** The next changes that cite a commit no host was ever asked about, as before one was configured. In order, after `after`. */
export async function readUnaskedMerges(sql: Sql, asked: Asked): Promise<ChangeToLink[]> {
  const rows = await sql.query<ChangeRow>(
    `select ${CHANGE_COLUMNS} from change where org_id = $1 and accountable
       and (event_date, id) in (
         select cc.event_date, cc.change_id from change_commit cc
         where cc.org_id = $1 and ($2::timestamptz is null or (cc.event_date, cc.change_id) > ($2, $3))
           and not exists (select from commit_merge_lookup l where l.org_id = cc.org_id and l.hash = cc.hash and l.repository = cc.repository)
         order by cc.event_date, cc.change_id limit $4)
     order by event_date, id`,
    [asked.orgId, asked.after?.eventDate ?? null, asked.after?.id ?? '', asked.limit],
  );
  return rows.map(changeOf);
}

/** The next changes of pipeline clients that hold no text to cite with, never checked. In order, after `after`. */
export async function readUnstamped(
  sql: Sql,
  asked: Asked & { readonly pipelineClients: readonly string[] },
): Promise<ChangeToLink[]> {
  if (asked.pipelineClients.length === 0) return [];
  const rows = await sql.query<ChangeRow>(
    `select ${CHANGE_COLUMNS} from change
     where org_id = $1 and accountable and citable_text is null and link_checked_at is null and actor_id = any($5)
       and ($2::timestamptz is null or (event_date, id) > ($2, $3))
     order by event_date, id limit $4`,
    [asked.orgId, asked.after?.eventDate ?? null, asked.after?.id ?? '', asked.limit, asked.pipelineClients],
  );
  return rows.map(changeOf);
}

/**
 * Batches of changes around stamps not looked at yet: those of the same client, near in time and not linked. Each call takes
 * away the stamps of the batch before, which is judged by then; what a killed process leaves is looked at again.
 */
export function neighboursOfStamps(
  orgId: string,
  pipelineClients: readonly string[],
  limit: number,
): (sql: Sql) => Promise<ChangeToLink[]> {
  let seen: readonly string[] = [];
  return async (sql) => {
    for (;;) {
      if (seen.length > 0) await dropStamps(sql, orgId, seen);
      const stamps = await dueStamps(sql, orgId, limit);
      seen = stamps.map((stamp) => stamp.changeId);
      if (stamps.length === 0) return [];
      const rows = await sql.query<ChangeRow>(
        `select ${CHANGE_COLUMNS} from change
         where org_id = $1 and accountable and link_checked_at is not null and linkage <> 'linked' and actor_id = any($2)
           and (event_date, id) in (
             select n.event_date, n.id from unnest($3::text[], $4::timestamptz[], $5::timestamptz[]) as s (actor_id, lo, hi)
             join change n on n.org_id = $1 and n.actor_id = s.actor_id and n.event_date >= s.lo and n.event_date <= s.hi)
         order by event_date, id`,
        [
          orgId,
          pipelineClients,
          stamps.map((stamp) => stamp.actorId),
          stamps.map((stamp) => addMs(stamp.at, -DEPLOYMENT_REACH_MS)),
          stamps.map((stamp) => addMs(stamp.at, DEPLOYMENT_REACH_MS)),
        ],
      );
      if (rows.length > 0) return rows.map(changeOf);
    }
  };
}
