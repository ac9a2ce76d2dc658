import type { Sql } from '@/lib/db/sql';
import type { KnownVersion, TaughtFact } from '../model/fold-events';
import { contentOf, toVersion, type VersionRow, versionColumns } from './version-rows';

/** For each fact the version in force at its instant, and the one that the same audit record taught before; each once. */
export async function loadKnownBefore(
  sql: Sql,
  orgId: string,
  facts: readonly TaughtFact[],
): Promise<readonly KnownVersion[]> {
  const rows = await sql.query<VersionRow & { body: string }>(
    `with fact as (
       select * from unnest($2::text[], $3::text[], $4::timestamptz[], $5::text[]) as f (kind, entity_id, at, change_id)
     )
     select distinct on (v.kind, v.entity_id, v.valid_from, v.seq) ${versionColumns('v')}, v.body
     from fact f
     cross join lateral (
       (select d.* from directory_version d
         where d.org_id = $1 and d.kind = f.kind and d.entity_id = f.entity_id and d.valid_from <= f.at
         order by d.valid_from desc, d.seq desc limit 1)
       union all
       (select d.* from directory_version d
         where d.org_id = $1 and d.change_id = f.change_id and d.kind = f.kind and d.entity_id = f.entity_id)
     ) v`,
    [
      orgId,
      facts.map((fact) => fact.kind),
      facts.map((fact) => fact.entityId),
      facts.map((fact) => fact.at),
      facts.map((fact) => fact.changeId),
    ],
  );
  return rows.map((row) => ({ ...toVersion(row), content: contentOf(row.body) }));
}
