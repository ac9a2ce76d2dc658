import { view } from '@/lib/auth/view';
import type { Viewer } from '@/lib/auth/viewer';
import type { Sql } from '@/lib/db/sql';
import { decodeCursor, encodeCursor } from '@/lib/kernel/cursor';
import { requestError } from '@/lib/kernel/errors';
import { toIso } from '@/lib/kernel/instant';
import { DEFAULT_PAGE_SIZE, type Page } from '@/lib/kernel/paging';
import type { DeliveryDto, DeliveryListQuery } from '../contract/deliveries';
import {
  attemptsOf,
  findDelivery,
  listDeliveries,
  type StoredAttempt,
  type StoredDelivery,
} from '../store/read-deliveries';

/** One page of deliveries, newest first. */
export const viewDeliveries = view<DeliveryListQuery, Page<DeliveryDto>>(
  { permission: 'alerts.read', journal: () => ({ action: 'deliveries.viewed', objectType: 'delivery' }) },
  async ({ sql, viewer }, query) => {
    await showInstallationRows(sql, viewer);
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const rows = await listDeliveries(
      sql,
      {
        orgIds: query.org,
        states: query.state,
        channelIds: query.channel,
        alertId: query.alert,
        ...(query.cursor ? { before: placeOf(query.cursor) } : {}),
      },
      limit + 1,
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: await withAttempts(sql, page),
      nextCursor: rows.length > limit && last ? encodeCursor([last.plannedAt.toISOString(), last.id]) : null,
    };
  },
);

/** One delivery with its tries. Throws `not_found`. */
export const viewDelivery = view<{ id: string }, DeliveryDto>(
  {
    permission: 'alerts.read',
    journal: ({ id }, found) => ({
      action: 'delivery.viewed',
      objectType: 'delivery',
      objectId: id,
      orgId: found.orgId,
    }),
  },
  async ({ sql, viewer }, { id }) => {
    await showInstallationRows(sql, viewer);
    return deliveryDto(sql, id);
  },
);

/** The delivery as people see it, for views and for answers to who just acted on it. Throws `not_found`. */
export async function deliveryDto(sql: Sql, id: string): Promise<DeliveryDto> {
  const found = await findDelivery(sql, id);
  const [dto] = found === null ? [] : await withAttempts(sql, [found]);
  if (dto === undefined)
    throw requestError('not_found', 'cannot show the delivery: there is none with this id that you may see');
  return dto;
}

const MAX_OF_ALERT = 500;

/** The deliveries of one alert, newest first, for its page. */
export async function deliveryDtosOfAlert(sql: Sql, alertId: string): Promise<DeliveryDto[]> {
  return withAttempts(sql, await listDeliveries(sql, { alertId }, MAX_OF_ALERT));
}

async function withAttempts(sql: Sql, rows: readonly StoredDelivery[]): Promise<DeliveryDto[]> {
  const attempts = await attemptsOf(
    sql,
    rows.map((row) => row.id),
  );
  return rows.map((row) => toDto(row, attempts.get(row.id) ?? []));
}

function toDto(row: StoredDelivery, attempts: readonly StoredAttempt[]): DeliveryDto {
  const paused = row.state === 'waiting' && row.channelPaused;
  return {
    id: row.id,
    orgId: row.orgId,
    alertId: row.alertId,
    title: row.title,
    channelId: row.channelId,
    channelName: row.channelName,
    channelKind: row.channelKind,
    purpose: row.purpose,
    state: row.state,
    because: paused ? 'The channel is paused.' : row.because,
    createdAt: toIso(row.plannedAt),
    nextAt: row.nextAt === null ? null : toIso(row.nextAt),
    deliveredAt: row.deliveredAt === null ? null : toIso(row.deliveredAt),
    attempts: attempts.map(({ at, outcome, status, because }) => ({
      at: toIso(at),
      outcome,
      status,
      because,
    })),
    receipt: row.receipt,
  };
}

/** Lets this transaction see rows of no organisation, such as tests of channels; the viewer was authorised by now. */
async function showInstallationRows(sql: Sql, viewer: Viewer): Promise<void> {
  if (viewer.limited) return; // they see their organisations' rows alone
  await sql.query(`select set_config('app.reads_installation', '1', true)`);
}

function placeOf(cursor: string): { at: Date; id: string } {
  const [at, id] = decodeCursor(cursor, 2);
  const instant = new Date(String(at));
  if (typeof id !== 'string' || Number.isNaN(instant.getTime()))
    throw requestError('bad_request', 'cannot read the cursor: it was not made by this list');
  return { at: instant, id };
}
