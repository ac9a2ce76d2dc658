import type { Sql } from '@/lib/db/sql';
import type { Citation } from '../model/citation';
import type { ChangePlace } from './changes-to-link';

/** Notes what changes cite. What a text names stays named by the text, however it was found besides. Doubtful digits are not noted: the sweep reads them again. */
export async function keepCitations(
  sql: Sql,
  orgId: string,
  cited: readonly { readonly change: ChangePlace; readonly citation: Citation }[],
): Promise<void> {
  const rows = cited.filter(({ citation }) => citation.certain);
  if (rows.length === 0) return;
  await sql.query(
    `insert into change_citation as c (org_id, kind, reference, event_date, change_id, found_by)
     select $1, kind, reference, event_date, change_id, found_by
     from unnest($2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[]) as t (kind, reference, event_date, change_id, found_by)
     order by kind, reference, event_date, change_id
     on conflict (org_id, kind, reference, event_date, change_id) do update set found_by = 'text'
       where c.found_by <> 'text' and excluded.found_by = 'text'`,
    [
      orgId,
      rows.map(({ citation }) => citation.kind),
      rows.map(({ citation }) => citation.reference),
      rows.map(({ change }) => change.eventDate),
      rows.map(({ change }) => change.id),
      rows.map(({ citation }) => citation.foundBy ?? 'text'),
    ],
  );
}

/** Change requests whose configuration item is the changed object, by change. */
export async function itemCitations(
  sql: Sql,
  orgId: string,
  changeIds: readonly string[],
): Promise<Map<string, Citation[]>> {
  const found = new Map<string, Citation[]>();
  if (changeIds.length === 0) return found;
  const rows = await sql.query<{ change_id: string; reference: string }>(
    `select change_id, reference from change_citation
     where org_id = $1 and change_id = any($2) and found_by = 'configuration_item' order by change_id, reference`,
    [orgId, changeIds],
  );
  for (const { change_id, reference } of rows)
    found.set(change_id, [...(found.get(change_id) ?? []), itemCitation(reference)]);
  return found;
}

/** The citation of a change request that was found by its configuration item. */
export function itemCitation(reference: string): Citation {
  return { kind: 'servicenow', reference, project: null, certain: true, foundBy: 'configuration_item' };
}

/** Those of the references that any change cites. */
export async function citedAmong(
  sql: Sql,
  orgId: string,
  asked: { readonly kind: 'jira' | 'servicenow'; readonly references: readonly string[] },
): Promise<string[]> {
  const rows = await sql.query<{ reference: string }>(
    `select r.reference from unnest($3::text[]) as r (reference)
     where exists (select from change_citation c where c.org_id = $1 and c.kind = $2 and c.reference = r.reference)`,
    [orgId, asked.kind, asked.references],
  );
  return rows.map((row) => row.reference);
}

/** Where writing down the citations of older changes stands; null where it was never begun. */
export async function fillPlace(
  sql: Sql,
  orgId: string,
): Promise<{ readonly after: ChangePlace | null; readonly done: boolean }> {
  const rows = await sql.query<{ at: Date | null; id: string | null; done: boolean }>(
    `select after_event_date as at, after_change_id as id, done_at is not null as done from citation_fill where org_id = $1`,
    [orgId],
  );
  const [row] = rows;
  if (row === undefined) return { after: null, done: false };
  return {
    after: row.at === null || row.id === null ? null : { eventDate: row.at, id: row.id },
    done: row.done,
  };
}

/** Moves the place on; `doneAt` when there is nothing left. */
export async function moveFill(
  sql: Sql,
  orgId: string,
  place: { readonly after: ChangePlace | null; readonly doneAt: Date | null },
): Promise<void> {
  await sql.query(
    `insert into citation_fill (org_id, after_event_date, after_change_id, done_at) values ($1, $2, $3, $4)
     on conflict (org_id) do update set after_event_date = excluded.after_event_date, after_change_id = excluded.after_change_id, done_at = excluded.done_at`,
    [orgId, place.after?.eventDate ?? null, place.after?.id ?? null, place.doneAt],
  );
}

/** The next judged changes with text, for writing down what they cite. */
export async function readJudged(
  sql: Sql,
  asked: { readonly orgId: string; readonly after: ChangePlace | null; readonly limit: number },
): Promise<(ChangePlace & { readonly text: string })[]> {
  return sql.query(
    `select event_date as "eventDate", id, citable_text as text from change
     where org_id = $1 and accountable and citable_text is not null and link_checked_at is not null
       and ($2::timestamptz is null or (event_date, id) > ($2, $3))
     order by event_date, id limit $4`,
    [asked.orgId, asked.after?.eventDate ?? null, asked.after?.id ?? '', asked.limit],
  );
}

/** Forgets what is cited in texts; what was found by configuration item cannot be read from a text and stays. */
export async function dropTextCitations(sql: Sql, orgId: string): Promise<void> {
  await sql.query(`delete from change_citation where org_id = $1 and found_by = 'text'`, [orgId]);
  await sql.query('delete from citation_fill where org_id = $1', [orgId]);
}
