import { OVERDUE_AFTER_MS } from '@/lib/changes/model/coverage/coverage-state';
import { readSpan } from '@/lib/changes/store/coverage/coverage-rows';
import { gapsByService, hoursByState } from '@/lib/changes/store/coverage/hours-read';
import { keptRecords } from '@/lib/changes/store/read/kept-records';
import type { Sql } from '@/lib/db/sql';
import { addMs, DAY_MS, floorToHour, HOUR_MS, toIso } from '@/lib/kernel/instant';
import { known, notEvaluated } from '@/lib/kernel/outcome';
import type { EventLogging, HoursRead } from '../model/inputs';
import type { Figure } from './figure';

const RECENT_DAYS = 30;
const NOTHING_YET = 'no audit records were collected yet';

/** What was read of the audit log: the oldest record kept, hours by state, services that did not answer. */
export const eventLogging: Figure<EventLogging> = async ({ sql, orgId, now }) => {
  const span = await readSpan(sql, [orgId], ['pull']);
  if (span === null) return notEvaluated(NOTHING_YET);
  const to = floorToHour(now);
  const recentFrom = later(floorToHour(span.from), addMs(to, -RECENT_DAYS * DAY_MS));
  const { earliest, events } = await keptRecords(sql, orgId);
  const services = await gapsByService(sql, { orgId, from: recentFrom, to });
  return known({
    earliestEvent: earliest === null ? null : toIso(earliest),
    events,
    readFrom: toIso(span.from),
    readTo: toIso(span.to),
    recent: await hoursRead(sql, { orgId, from: recentFrom, to, now }),
    whole: await hoursRead(sql, { orgId, from: floorToHour(span.from), to, now }),
    silent: services.filter((one) => one.hours > 0).map(({ service, hours }) => ({ service, hours })),
    services: services.length,
  });
};

/**
 * Why records of [from, now) cannot be counted on: nothing was collected, or hours of it were not answered. Null where they can; a
 * count of zero is then a proven one. `from` is moved to where reading began.
 */
export async function whyNotRead(
  sql: Sql,
  of: { readonly orgId: string; readonly from: Date; readonly now: Date },
): Promise<{ readonly because: string | null; readonly from: Date }> {
  const span = await readSpan(sql, [of.orgId], ['pull']);
  if (span === null) return { because: NOTHING_YET, from: of.from };
  const from = later(floorToHour(span.from), of.from);
  const read = await hoursRead(sql, { ...of, from, to: floorToHour(of.now) });
  const missing = read.gap + read.notEvaluated;
  return {
    because: missing === 0 ? null : `${missing} hours of the period since ${toIso(from)} were not answered`,
    from,
  };
}

async function hoursRead(
  sql: Sql,
  of: { readonly orgId: string; readonly from: Date; readonly to: Date; readonly now: Date },
): Promise<HoursRead> {
  const rows = await hoursByState(sql, of);
  const count = (...states: readonly string[]) =>
    rows.filter((row) => states.includes(row.state)).reduce((sum, row) => sum + row.hours, 0);
  const asked = rows.reduce((sum, row) => sum + row.hours, 0);
  const all = Math.max(0, Math.round((of.to.getTime() - of.from.getTime()) / HOUR_MS));
  // Hours nobody asked for: the last ones are not due yet, the others should have been read.
  const unasked = Math.max(0, all - asked);
  const young = Math.min(unasked, Math.ceil((OVERDUE_AFTER_MS + HOUR_MS) / HOUR_MS));
  return {
    from: toIso(of.from),
    to: toIso(of.to),
    complete: count('complete', 'late_complete'),
    provisional: count('provisional'),
    pending: count('pending') + young,
    gap: count('gap') + unasked - young,
    notEvaluated: count('not_evaluated'),
  };
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
