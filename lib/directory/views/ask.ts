import type { ViewContext } from '@/lib/auth/view';
import { encodeCursor } from '@/lib/kernel/cursor';
import type { Page } from '@/lib/kernel/paging';
import type { NameAt } from '../model/name-at';
import type { Version } from '../model/version';
import { namesAt } from '../names-at';

/** The names at the instant of the divisions that rows live in, by id. */
export async function divisionNames(
  { sql }: ViewContext,
  orgId: string,
  rows: readonly Version[],
  at: Date,
): Promise<ReadonlyMap<string, NameAt>> {
  const ids = [...new Set(rows.flatMap((row) => row.divisionId ?? []))];
  const names = await namesAt(
    sql,
    orgId,
    ids.map((id) => ({ id, kind: 'division' as const, at })),
  );
  return new Map(names.map((name) => [name.id, name]));
}

/** A page of rows of which one more than `limit` was asked for. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  sortValues: (row: Row) => readonly (string | number | null)[],
): Page<Item> {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map(toItem),
    nextCursor: last === undefined ? null : encodeCursor(sortValues(last)),
  };
}

/** The instant asked about; this moment when none is named. */
export function instantOf(text: string | undefined, { now }: ViewContext): Date {
  return text === undefined ? now : new Date(text);
}

/** The organisation asked for, or the viewer's first; null when the viewer has none. Row security guards the rest. */
export function orgOf({ viewer }: ViewContext, asked: string | undefined): string | null {
  return asked ?? viewer.orgIds[0] ?? null;
}
