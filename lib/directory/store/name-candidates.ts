import type { Sql } from '@/lib/db/sql';
import type { DirectoryKind } from '@/lib/kernel/words';
import { LOOKUP_REACH_MS, type NameCandidates } from '../model/name-at';
import type { Version } from '../model/version';
import { toVersion, type VersionRow, versionColumns } from './version-rows';

/** An id as it stood in a record, and the instant it stood there. Without a kind every kind with names is looked through. */
export type NameRef = { readonly id: string; readonly kind?: DirectoryKind | undefined; readonly at: Date };

const UNNAMED = `('grant', 'group_member')`;
const NEWEST = 'order by d.valid_from desc, d.seq desc limit 1';

/** For each ref, in their order, the versions that the rule of the name at T looks at; one statement for all of them. */
export async function loadNameCandidates(
  sql: Sql,
  orgId: string,
  refs: readonly NameRef[],
): Promise<readonly NameCandidates[]> {
  const entity = `d.org_id = $1 and d.entity_id = r.id and d.kind not in ${UNNAMED} and (r.kind is null or d.kind = r.kind)`;
  const rows = await sql.query<VersionRow & { n: number; role: keyof NameCandidates }>(
    `with ref as (
       select * from unnest($2::text[], $3::text[], $4::timestamptz[]) with ordinality as r (id, kind, at, n)
     )
     select r.n::int4 as n, c.role, ${versionColumns('c')}
     from ref r
     left join lateral (
       select d.entity_id, d.state, d.name from directory_version d where ${entity} and d.valid_from <= r.at ${NEWEST}
     ) v on true
     cross join lateral (
       (select 'inForce' as role, d.* from directory_version d
         where v.entity_id is not null and ${entity} and d.valid_from <= r.at ${NEWEST})
       union all
       (select 'lastNamed', d.* from directory_version d
         where (v.state = 'deleted' or (v.entity_id is not null and v.name is null)) and ${entity}
           and d.valid_from <= r.at and d.state = 'present' and d.name is not null ${NEWEST})
       union all
       (select 'lookedUp', d.* from directory_version d
         where v.name is null and ${entity} and d.provenance = 'lookup'
           and d.valid_from > r.at and d.valid_from <= r.at + $5::int8 * interval '1 millisecond'
         order by d.valid_from, d.seq limit 1)
     ) c`,
    [
      orgId,
      refs.map((ref) => ref.id),
      refs.map((ref) => ref.kind ?? null),
      refs.map((ref) => ref.at),
      LOOKUP_REACH_MS,
    ],
  );
  const found: { -readonly [Role in keyof NameCandidates]: Version | null }[] = refs.map(() => ({
    inForce: null,
    lastNamed: null,
    lookedUp: null,
  }));
  for (const row of rows) {
    const candidates = found[row.n - 1];
    if (candidates) candidates[row.role] = toVersion(row);
  }
  return found;
}
