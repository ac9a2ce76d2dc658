import { z } from 'zod';
import type { ScheduleEntry } from '../../model/schedule';
import { fieldSchema, instantOf } from './answers';

/** A row of `cmn_schedule_span` with what its schedule says, dot-walked. */
export const spanSchema = z.object({
  sys_id: fieldSchema,
  name: fieldSchema,
  type: fieldSchema,
  schedule: fieldSchema,
  'schedule.name': fieldSchema,
  'schedule.type': fieldSchema,
  'schedule.time_zone': fieldSchema,
  start_date_time: fieldSchema,
  end_date_time: fieldSchema,
  all_day: fieldSchema,
  repeat_type: fieldSchema,
  repeat_count: fieldSchema,
  repeat_until: fieldSchema,
  days_of_week: fieldSchema,
  monthly_type: fieldSchema,
  yearly_type: fieldSchema,
  sys_updated_on: fieldSchema,
});
export type Span = z.infer<typeof spanSchema>;

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const FIXED_DAYS: Readonly<Record<string, string>> = {
  weekdays: 'MO,TU,WE,TH,FR',
  weekends: 'SA,SU',
  weekMWF: 'MO,WE,FR',
  weekTT: 'TU,TH',
};
const KINDS: Readonly<Record<string, ScheduleEntry['kind']>> = { maintenance: 'window', blackout: 'freeze' };

/**
 * The entry as a window or freeze; or why it cannot be taken over. `maintenance` schedules are windows, `blackout` schedules freezes. A schedule
 * with a floating time zone is at another time for everybody who looks: it cannot be held against anything.
 */
export function entryOf(span: Span, site: URL): ScheduleEntry | { readonly problem: string } {
  const name = nameOf(span);
  const kind = KINDS[span['schedule.type'].value.toLowerCase()];
  if (kind === undefined) return { problem: `${name}: its schedule is neither maintenance nor blackout` };
  if (span.type.value === 'exclude')
    return { problem: `${name}: it takes time out of a schedule, which is not supported` };
  const zone = span['schedule.time_zone'].value;
  if (zone === '' || zone.toLowerCase() === 'floating')
    return { problem: `${name}: its schedule has no time zone of its own` };
  const start = stampOf(span.start_date_time.value);
  const end = endOf(span);
  if (start === null || end === null) return { problem: `${name}: its start or end cannot be read` };
  const times = timesOf(span, { start, end });
  if (typeof times === 'string') return { problem: `${name}: ${times}` };
  return {
    kind,
    name,
    zone: times.kind === 'recurring' && start.isUtc ? 'UTC' : zone,
    times,
    // Who wrote the entry is not who approved it: an imported window authorises nothing by itself.
    approver: null,
    sourceKey: span.sys_id.value,
    url: new URL(`nav_to.do?uri=cmn_schedule_span.do?sys_id=${encodeURIComponent(span.sys_id.value)}`, site)
      .href,
    since: instantOf(span.sys_updated_on),
  };
}

function nameOf(span: Span): string {
  const [schedule, entry] = [span['schedule.name'].shown, span.name.shown];
  if (schedule === '' || schedule === entry) return entry || 'An entry without a name';
  return entry === '' ? schedule : `${schedule}: ${entry}`;
}

type Stamp = { readonly wall: string; readonly isUtc: boolean };

/** `20261120T220000`, on the clock of the schedule, or with `Z` in UTC. Dashes and colons are taken as well. */
function stampOf(value: string): Stamp | null {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2}):?(\d{2})?(Z)?)?$/.exec(value);
  if (match === null) return null;
  const [, year, month, day, hour = '00', minute = '00'] = match;
  const wall = `${year}-${month}-${day}T${hour}:${minute}`;
  return Number.isNaN(Date.parse(`${wall}:00Z`)) ? null : { wall, isUtc: match[7] !== undefined };
}

/** An all-day entry ends with its last day, whatever second of it the end names. */
function endOf(span: Span): Stamp | null {
  const end = stampOf(span.end_date_time.value);
  if (end === null || span.all_day.value !== 'true') return end;
  const next = new Date(
    Date.parse(`${end.wall.slice(0, 10)}T00:00:00Z`) + (end.wall.endsWith('T00:00') ? 0 : 86_400_000),
  );
  return { ...end, wall: next.toISOString().slice(0, 16) };
}

function timesOf(span: Span, { start, end }: { start: Stamp; end: Stamp }): ScheduleEntry['times'] | string {
  const minutes = (Date.parse(`${end.wall}:00Z`) - Date.parse(`${start.wall}:00Z`)) / 60_000;
  if (minutes <= 0) return 'it ends before it begins';
  const repeat = span.repeat_type.value;
  if (repeat === '' || repeat === 'none') {
    if (!start.isUtc || !end.isUtc) {
      // Once, on the clock of the schedule: a rule of one occurrence has the same clock.
      return { kind: 'recurring', start: start.wall, minutes, rule: 'FREQ=DAILY;COUNT=1', except: [] };
    }
    return { kind: 'once', from: new Date(`${start.wall}:00Z`), to: new Date(`${end.wall}:00Z`) };
  }
  const rule = ruleOf(span, start);
  if (rule === null) return `it repeats in a way that is not supported (${repeat})`;
  return { kind: 'recurring', start: start.wall, minutes, rule: `${rule}${untilOf(span)}`, except: [] };
}

function ruleOf(span: Span, start: Stamp): string | null {
  const repeat = span.repeat_type.value;
  const every = Number(span.repeat_count.value || '1');
  const interval = Number.isInteger(every) && every > 1 ? `;INTERVAL=${every}` : '';
  const fixed = FIXED_DAYS[repeat];
  if (fixed !== undefined) return `FREQ=WEEKLY;BYDAY=${fixed}`;
  if (repeat === 'daily') return `FREQ=DAILY${interval}`;
  if (repeat === 'weekly') {
    const days = [...span.days_of_week.value].map((digit) => WEEKDAYS[Number(digit) - 1]);
    if (days.some((day) => day === undefined)) return null;
    return `FREQ=WEEKLY${interval}${days.length === 0 ? '' : `;BYDAY=${days.join(',')}`}`;
  }
  const day = Number(start.wall.slice(8, 10));
  const weekday = WEEKDAYS[(new Date(`${start.wall}:00Z`).getUTCDay() + 6) % 7];
  if (repeat === 'monthly') {
    const byType: Readonly<Record<string, string>> = {
      '': `BYMONTHDAY=${day}`,
      dom: `BYMONTHDAY=${day}`,
      ldom: 'BYMONTHDAY=-1',
      dow: `BYDAY=${Math.ceil(day / 7)}${weekday}`,
      ldow: `BYDAY=-1${weekday}`,
    };
    const which = byType[span.monthly_type.value];
    return which === undefined ? null : `FREQ=MONTHLY${interval};${which}`;
  }
  if (repeat === 'yearly' && ['', 'doy'].includes(span.yearly_type.value))
    return `FREQ=YEARLY${interval};BYMONTH=${Number(start.wall.slice(5, 7))};BYMONTHDAY=${day}`;
  return null;
}

/** The last day on which it may start; none is written as empty or as zeros. */
function untilOf(span: Span): string {
  const day = span.repeat_until.value.replaceAll('-', '').slice(0, 8);
  return /^\d{8}$/.test(day) && !/^0+$/.test(day) ? `;UNTIL=${day}` : '';
}
