import type { Sql } from '@/lib/db/sql';
import type { Version } from '../model/version';
import { toVersion, type VersionRow, versionColumns } from './version-rows';

export type BegunVerdict = 'added' | 'changed' | 'removed';
export type BegunVersion = Version & { readonly verdict: BegunVerdict };

/** What one snapshot began, in order of id, with the same verdicts that its run counts. */
export async function loadBegunBy(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly snapshotId: string;
    readonly verdict: BegunVerdict | null;
    readonly afterId: string;
    readonly limit: number;
  },
): Promise<readonly BegunVersion[]> {
  const rows = await sql.query<VersionRow & { verdict: BegunVerdict }>(
    `select * from (
       select ${versionColumns('v')},
         case when v.state = 'present' and p.state is distinct from 'present' then 'added'
           when v.state = 'deleted' and p.state = 'present' then 'removed' else 'changed' end as verdict
       from directory_version v
       left join lateral (
         select d.state from directory_version d where d.org_id = v.org_id and d.kind = v.kind and d.entity_id = v.entity_id
           and (d.valid_from, d.seq) < (v.valid_from, v.seq) order by d.valid_from desc, d.seq desc limit 1
       ) p on true
       where v.org_id = $1 and v.snapshot_id = $2 and v.entity_id > $3
     ) b where $4::text is null or verdict = $4 order by entity_id limit $5`,
    [asked.orgId, asked.snapshotId, asked.afterId, asked.verdict, asked.limit],
  );
  return rows.map((row) => ({ ...toVersion(row), verdict: row.verdict }));
}
