import type { Sql } from '@/lib/db/sql';
import type { DirectoryKind } from '@/lib/kernel/words';
import type { KnownVersion } from '../model/fold-events';
import type { Version } from '../model/version';
import { contentOf, toVersion, type VersionRow, versionColumns } from './version-rows';

/** Every version of one entity, newest first, with what was compared in each. */
export async function loadTimeline(
  sql: Sql,
  entity: { readonly orgId: string; readonly kind: DirectoryKind; readonly id: string },
): Promise<readonly KnownVersion[]> {
  const rows = await sql.query<VersionRow & { body: string }>(
    `select ${versionColumns('v')}, v.body from directory_version v
     where v.org_id = $1 and v.kind = $2 and v.entity_id = $3 order by v.valid_from desc, v.seq desc`,
    [entity.orgId, entity.kind, entity.id],
  );
  return rows.map((row) => ({ ...toVersion(row), content: contentOf(row.body) }));
}

/** A place things belong to: the parent of grants and memberships, or a division. */
export type Place = { readonly by: 'parent' | 'division'; readonly id: string };
export type MemberPage = {
  readonly kinds: readonly DirectoryKind[];
  readonly after?: { readonly kind: DirectoryKind; readonly entityId: string } | undefined;
  readonly limit: number;
};

/** What belonged to a place at an instant, in order of kind and id, each as the version in force. */
export async function loadMembersAt(
  sql: Sql,
  { orgId, place, at, page }: { orgId: string; place: Place; at: Date; page: MemberPage },
): Promise<readonly Version[]> {
  const rows = await sql.query<VersionRow>(
    `select ${versionColumns('v')} ${membersFrom(place)} and (c.kind, c.entity_id) > ($5, $6) order by c.kind, c.entity_id limit $7`,
    [orgId, place.id, at, page.kinds, page.after?.kind ?? '', page.after?.entityId ?? '', page.limit],
  );
  return rows.map(toVersion);
}

/** How many of each kind belonged to a place at an instant. */
export async function countMembersAt(
  sql: Sql,
  { orgId, place, at, kinds }: { orgId: string; place: Place; at: Date; kinds: readonly DirectoryKind[] },
): Promise<ReadonlyMap<DirectoryKind, number>> {
  const rows = await sql.query<{ kind: DirectoryKind; n: number }>(
    `select v.kind, count(*) as n ${membersFrom(place)} group by v.kind`,
    [orgId, place.id, at, kinds],
  );
  return new Map(rows.map((row) => [row.kind, row.n]));
}

function membersFrom(place: Place): string {
  const column = place.by === 'parent' ? 'parent_id' : 'division_id';
  return `from (
      select distinct d.kind, d.entity_id from directory_version d
      where d.org_id = $1 and d.${column} = $2 and d.valid_from <= $3 and d.kind = any ($4)
    ) c
    cross join lateral (
      select * from directory_version d
      where d.org_id = $1 and d.kind = c.kind and d.entity_id = c.entity_id and d.valid_from <= $3
      order by d.valid_from desc, d.seq desc limit 1
    ) v
    where v.state = 'present' and v.${column} = $2`;
}

export type PlaceCount = {
  readonly kind: DirectoryKind;
  readonly divisionId: string | null;
  readonly present: number;
};

/** How many entities of each kind were present in each division at an instant; null divisions are things without one. */
export async function countAt(sql: Sql, orgId: string, at: Date): Promise<readonly PlaceCount[]> {
  return placeCounts(
    await sql.query<PlaceCountRow>(
      `select kind, division_id, count(*) as n from (
         select distinct on (kind, entity_id) kind, division_id, state from directory_version
         where org_id = $1 and valid_from <= $2 order by kind, entity_id, valid_from desc, seq desc
       ) v where state = 'present' group by kind, division_id`,
      [orgId, at],
    ),
  );
}

/** As `countAt` for this moment, from the heads. */
export async function countNow(sql: Sql, orgId: string): Promise<readonly PlaceCount[]> {
  return placeCounts(
    await sql.query<PlaceCountRow>(
      `select kind, division_id, count(*) as n from directory_head where org_id = $1 and state = 'present' group by kind, division_id`,
      [orgId],
    ),
  );
}

/** Entities of one kind as they were at an instant, in order of id; deleted ones only when asked for. */
export async function listAt(
  sql: Sql,
  filter: {
    readonly orgId: string;
    readonly kind: DirectoryKind;
    readonly at: Date;
    readonly withDeleted: boolean;
    readonly afterId: string;
    readonly limit: number;
    /** Only these ids, where a search found them. */
    readonly ids?: readonly string[] | undefined;
  },
): Promise<readonly Version[]> {
  const rows = await sql.query<VersionRow>(
    `select * from (
       select distinct on (v.entity_id) ${versionColumns('v')} from directory_version v
       where v.org_id = $1 and v.kind = $2 and v.valid_from <= $3 and v.entity_id > $4 and ($7::text[] is null or v.entity_id = any ($7))
       order by v.entity_id, v.valid_from desc, v.seq desc
     ) v where $5 or v.state = 'present' order by v.entity_id limit $6`,
    [
      filter.orgId,
      filter.kind,
      filter.at,
      filter.afterId,
      filter.withDeleted,
      filter.limit,
      filter.ids ?? null,
    ],
  );
  return rows.map(toVersion);
}

/** Ids whose id is the text or that were ever called something with it in, of the viewer's own organisations, in order of id. */
export async function searchIds(
  sql: Sql,
  search: {
    readonly text: string;
    readonly kinds: readonly DirectoryKind[];
    readonly afterId: string;
    readonly limit: number;
  },
): Promise<readonly { readonly orgId: string; readonly kind: DirectoryKind; readonly id: string }[]> {
  const rows = await sql.query<{ org_id: string; kind: DirectoryKind; entity_id: string }>(
    'select org_id, kind, entity_id from tally.search_directory($1, $2, $3, $4)',
    [search.text, search.kinds, search.afterId, search.limit],
  );
  return rows.map((row) => ({ orgId: row.org_id, kind: row.kind, id: row.entity_id }));
}

type PlaceCountRow = { kind: DirectoryKind; division_id: string | null; n: number };

function placeCounts(rows: readonly PlaceCountRow[]): readonly PlaceCount[] {
  return rows.map((row) => ({ kind: row.kind, divisionId: row.division_id, present: row.n }));
}

/** Holders of a role in a division, as they were at an instant. */
export type HolderCount = {
  readonly divisionId: string;
  readonly roleId: string;
  readonly subjects: number;
};

/**
 * For each of two divisions and each role, how many subjects held it there at an instant, neither in the other division nor
 * everywhere: whom a move between the two makes a difference to.
 */
export async function countHoldersApart(
  sql: Sql,
  of: { readonly orgId: string; readonly divisionIds: readonly [string, string]; readonly at: Date },
): Promise<readonly HolderCount[]> {
  return sql.query<HolderCount>(
    `with held as (
       select v.division_id, v.parent_id as role_id, split_part(v.entity_id, ':', 1) as subject,
         count(*) over (partition by v.parent_id, split_part(v.entity_id, ':', 1)) as places
       from (
         select distinct d.entity_id from directory_version d
         where d.org_id = $1 and d.kind = 'grant' and d.division_id = any ($2::text[]) and d.valid_from <= $3
       ) c
       cross join lateral (
         select * from directory_version d where d.org_id = $1 and d.kind = 'grant' and d.entity_id = c.entity_id and d.valid_from <= $3
         order by d.valid_from desc, d.seq desc limit 1
       ) v where v.state = 'present' and v.parent_id is not null
     )
     select h.division_id as "divisionId", h.role_id as "roleId", count(*) as subjects from held h
     left join lateral (
       select d.state from directory_version d
       where d.org_id = $1 and d.kind = 'grant' and d.entity_id = h.subject || ':' || h.role_id || ':*' and d.valid_from <= $3
       order by d.valid_from desc, d.seq desc limit 1
     ) everywhere on true
     where h.places = 1 and everywhere.state is distinct from 'present'
     group by 1, 2 order by 1, 2`,
    [of.orgId, of.divisionIds, of.at],
  );
}
