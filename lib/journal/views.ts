import { z } from 'zod';
import { view } from '@/lib/auth/view';
import type { Viewer } from '@/lib/auth/viewer';
import type { Sql } from '@/lib/db/sql';
import { decodeCursor, encodeCursor } from '@/lib/kernel/cursor';
import { requestError } from '@/lib/kernel/errors';
import { toIso } from '@/lib/kernel/instant';
import { DEFAULT_PAGE_SIZE } from '@/lib/kernel/paging';
import {
  type JournalEntryDto,
  type JournalFacetsDto,
  type JournalPageDto,
  type JournalQuery,
  journalEntrySchema,
} from './contract';
import { type JournalRow, listJournal, listJournalFacets } from './store/journal-rows';

/** One page of the journal, newest first: the viewer's organisations and the installation's own rows. */
export const readJournal = view<JournalQuery, JournalPageDto>(
  { permission: 'journal.read' },
  async ({ sql, viewer }, query) => {
    await showInstallationRows(sql, viewer);
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const rows = await listJournal(
      sql,
      {
        ...(query.from ? { from: new Date(query.from) } : {}),
        ...(query.to ? { to: new Date(query.to) } : {}),
        ...(query.actor ? { actors: query.actor } : {}),
        ...(query.action ? { actions: query.action } : {}),
        ...(query.object ? { objects: query.object.map(objectOf) } : {}),
        ...(query.org ? { orgIds: query.org } : {}),
        ...(query.cursor ? { before: placeOf(query.cursor) } : {}),
      },
      limit + 1,
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(toDto),
      nextCursor: rows.length > limit && last ? encodeCursor([last.at.toISOString(), last.id]) : null,
    };
  },
);

/** Actors and actions that occur, for the page's filters. */
export const readJournalFacets = view<void, JournalFacetsDto>(
  { permission: 'journal.read' },
  async ({ sql, viewer }) => {
    await showInstallationRows(sql, viewer);
    return listJournalFacets(sql);
  },
);

/** Lets this transaction see rows of the installation; the viewer was authorised for the journal by now. */
async function showInstallationRows(sql: Sql, viewer: Viewer): Promise<void> {
  if (viewer.limited) return; // they see their organisations' rows alone
  await sql.query(`select set_config('app.reads_journal', '1', true)`);
}

function objectOf(text: string): { type: string; id: string | null } {
  const at = text.indexOf(':');
  return at < 0 ? { type: text, id: null } : { type: text.slice(0, at), id: text.slice(at + 1) };
}

function placeOf(cursor: string): { at: Date; id: string } {
  const [at, id] = decodeCursor(cursor, 2);
  const instant = new Date(String(at));
  if (typeof id !== 'string' || Number.isNaN(instant.getTime())) {
    throw requestError('bad_request', 'cannot read the cursor: it was not made by this list');
  }
  return { at: instant, id };
}

const bodySchema = z.object({
  actor: journalEntrySchema.shape.actor,
  action: z.string(),
  object: journalEntrySchema.shape.object,
  orgId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});

function toDto(row: JournalRow): JournalEntryDto {
  const body = bodySchema.parse(JSON.parse(row.body));
  return {
    id: row.id,
    at: toIso(row.at),
    receivedAt: toIso(row.receivedAt),
    ...body,
    ledger: { index: null, leafHash: row.leafHash.toString('hex') },
  };
}
