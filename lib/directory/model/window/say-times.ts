import { toIso } from '@/lib/kernel/instant';
import type { WindowTimes } from './window';

const DAYS: Readonly<Record<string, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};
const ORDINALS: Readonly<Record<string, string>> = {
  '1': 'first',
  '2': 'second',
  '3': 'third',
  '4': 'fourth',
  '-1': 'last',
};

/** When a window is open, in words; rules that words would only garble are shown as they stand. */
export function sayTimes(times: WindowTimes, zone: string): string {
  if (times.kind === 'once') return `${toIso(times.from)} to ${toIso(times.to)}`;
  if (times.rule === 'FREQ=DAILY;COUNT=1') {
    const end = new Date(Date.parse(`${times.start}:00Z`) + times.minutes * 60_000)
      .toISOString()
      .slice(0, 16);
    return `${times.start.replace('T', ' ')} to ${end.replace('T', ' ')} ${zone}`;
  }
  const clock = `${times.start.slice(11)} to ${endClock(times.start, times.minutes)} ${zone}`;
  return `${sayRule(times.rule)}, ${clock}`;
}

function sayRule(rule: string): string {
  const parts = new Map(rule.split(';').map((part) => [part.split('=')[0] ?? '', part.split('=')[1] ?? '']));
  const known = new Set(['FREQ', 'BYDAY', 'COUNT', 'UNTIL']);
  const days = (parts.get('BYDAY') ?? '').split(',').filter((day) => day !== '');
  const often = [...parts.keys()].every((name) => known.has(name))
    ? frequency(parts.get('FREQ') ?? '', days)
    : null;
  if (often === null) return rule;
  const count = parts.get('COUNT');
  const until = parts.get('UNTIL');
  const ends = count !== undefined ? `, ${count} times` : until !== undefined ? `, until ${day(until)}` : '';
  return `${often}${ends}`;
}

function frequency(often: string, days: readonly string[]): string | null {
  if (often === 'DAILY' && days.length === 0) return 'Every day';
  if (often === 'WEEKLY' && days.length === 0) return 'Every week';
  if (often === 'WEEKLY' && days.every((one) => one in DAYS)) {
    if (days.join() === 'MO,TU,WE,TH,FR') return 'Monday to Friday';
    return `Every ${listed(days.map((one) => DAYS[one] ?? one))}`;
  }
  if (often === 'MONTHLY' && days.length === 1) {
    const [, nth = '', weekday = ''] = /^(-?\d)([A-Z]{2})$/.exec(days[0] ?? '') ?? [];
    if (ORDINALS[nth] !== undefined && DAYS[weekday] !== undefined)
      return `Every ${ORDINALS[nth]} ${DAYS[weekday]} of a month`;
  }
  return null;
}

function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function day(until: string): string {
  return `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`;
}

/** `04:00`, with how many days later where the window lasts beyond the next morning. */
function endClock(start: string, minutes: number): string {
  const from = new Date(`${start}:00Z`);
  const to = new Date(from.getTime() + minutes * 60_000);
  const days = Math.floor(
    (Date.parse(to.toISOString().slice(0, 10)) - Date.parse(start.slice(0, 10))) / 86_400_000,
  );
  const clock = to.toISOString().slice(11, 16);
  return days > 1 || (days === 1 && minutes >= 24 * 60)
    ? `${clock} (${days} ${days === 1 ? 'day' : 'days'} later)`
    : clock;
}
