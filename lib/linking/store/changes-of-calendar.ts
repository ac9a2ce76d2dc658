import type { Sql } from '@/lib/db/sql';
import type { Interval } from '@/lib/kernel/instant';
import {
  CHANGE_COLUMNS,
  type ChangePlace,
  type ChangeRow,
  type ChangeToLink,
  changeOf,
} from './changes-to-link';

export type { ChangePlace };

/** The next accountable changes of the objects, judged or not. In order, after `after`. */
export async function readOfObjects(
  sql: Sql,
  asked: { orgId: string; objects: readonly string[]; after: ChangePlace | null; limit: number },
): Promise<ChangeToLink[]> {
  return ofObjects(sql, asked, '');
}

/** The next accountable changes of the objects that cite nothing and were never judged: only a window can speak for them. */
export async function readUncitedOfObjects(
  sql: Sql,
  asked: { orgId: string; objects: readonly string[]; after: ChangePlace | null; limit: number },
): Promise<ChangeToLink[]> {
  return ofObjects(sql, asked, 'and citable_text is null and link_checked_at is null');
}

/** The next linked changes made within the times: what a freeze makes ad-hoc, or its end planned. In order, after `after`. */
export async function readLinkedWithin(
  sql: Sql,
  asked: { orgId: string; within: readonly Interval[]; after: ChangePlace | null; limit: number },
): Promise<ChangeToLink[]> {
  const { orgId, within, after, limit } = asked;
  if (within.length === 0) return [];
  const first = Math.min(...within.map((one) => one.from.getTime()));
  const rows = await sql.query<ChangeRow>(
    `select ${CHANGE_COLUMNS} from change
     where org_id = $1 and accountable and linkage = 'linked' and event_date >= $5
       and exists (select 1 from unnest($6::timestamptz[], $7::timestamptz[]) as t (starts, ends) where event_date >= starts and event_date < ends)
       and ($2::timestamptz is null or (event_date, id) > ($2, $3))
     order by event_date, id limit $4`,
    [
      orgId,
      after?.eventDate ?? null,
      after?.id ?? '',
      limit,
      new Date(first),
      within.map((one) => one.from),
      within.map((one) => one.to),
    ],
  );
  return rows.map(changeOf);
}

async function ofObjects(
  sql: Sql,
  asked: { orgId: string; objects: readonly string[]; after: ChangePlace | null; limit: number },
  which: string,
): Promise<ChangeToLink[]> {
  const { orgId, objects, after, limit } = asked;
  if (objects.length === 0) return [];
  const rows = await sql.query<ChangeRow>(
    `select ${CHANGE_COLUMNS} from change
     where org_id = $1 and entity_id = any ($5) and accountable ${which}
       and ($2::timestamptz is null or (event_date, id) > ($2, $3))
     order by event_date, id limit $4`,
    [orgId, after?.eventDate ?? null, after?.id ?? '', limit, spellings(objects)],
  );
  return rows.map(changeOf);
}

/** An id as it was typed in and as the platform writes it: lower case, with dashes. */
function spellings(ids: readonly string[]): string[] {
  return [
    ...new Set(
      ids.flatMap((id) => {
        const lower = id.toLowerCase();
        const bare = lower.replaceAll('-', '');
        const dashed = /^[0-9a-f]{32}$/.test(bare)
          ? bare.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
          : lower;
        return [id, lower, dashed];
      }),
    ),
  ];
}
