import { DAY_MS } from '@/lib/kernel/instant';
import { windowError } from '../model/window/errors';
import { readRule } from '../model/window/read-rule';
import type { WindowDefinition, WindowTimes } from '../model/window/window';
import { MAX_RECURRING_MINUTES, nextOccurrences } from './expand-times';
import { isZone } from './local-clock';

const LOCAL_MINUTE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
/** What is typed in once may last a leap year; what lasts longer is no window. */
const MAX_ONCE_DAYS = 366;

/**
 * The definition with its rule as it is kept: in capitals, without its name. Throws `window_wrong` or `window_rule_wrong` with a sentence, also
 * for a rule that never opens: nothing that cannot be expanded later is ever kept.
 */
export function checkedDefinition<T extends WindowDefinition>(definition: T): T {
  const { name, zone, times } = definition;
  if (name.trim() === '') throw wrong('it has no name');
  if (!isZone(zone)) throw wrong(`${zone} is no time zone such as Europe/Rome`);
  return { ...definition, times: times.kind === 'once' ? once(times) : recurring(times, zone) };
}

function once(times: Extract<WindowTimes, { kind: 'once' }>): WindowTimes {
  const lasts = times.to.getTime() - times.from.getTime();
  if (lasts <= 0) throw wrong('it must begin before it ends');
  if (lasts > MAX_ONCE_DAYS * DAY_MS) throw wrong(`it may last ${MAX_ONCE_DAYS} days at most`);
  return times;
}

function recurring(times: Extract<WindowTimes, { kind: 'recurring' }>, zone: string): WindowTimes {
  for (const local of [times.start, ...times.except])
    if (!LOCAL_MINUTE.test(local) || Number.isNaN(Date.parse(`${local}:00Z`)))
      throw wrong(`${local} is no local date and time such as 2026-11-02T22:00`);
  if (!Number.isInteger(times.minutes) || times.minutes < 1 || times.minutes > MAX_RECURRING_MINUTES)
    throw wrong(`each occurrence must last between 1 and ${MAX_RECURRING_MINUTES} minutes`);
  const read = readRule(times.rule);
  if ('problem' in read) {
    throw windowError('window_rule_wrong', `cannot read the rule ${times.rule}: ${read.problem}`, {
      hint: 'A rule is written as in RFC 5545, such as FREQ=WEEKLY;BYDAY=MO,TH.',
    });
  }
  const kept = { ...times, rule: read.text, except: [...new Set(times.except)].sort() };
  const first = nextOccurrences(kept, zone, { after: new Date(`${times.start}:00Z`), count: 1 });
  // A day before, since the start is read on the clock of the zone.
  const earlier = nextOccurrences(kept, zone, {
    after: new Date(Date.parse(`${times.start}:00Z`) - DAY_MS),
    count: 1,
  });
  if (first.length === 0 && earlier.length === 0)
    throw windowError(
      'window_rule_wrong',
      `cannot keep the rule ${read.text}: it never opens within ten years of its start`,
    );
  return kept;
}

function wrong(because: string): Error {
  return windowError('window_wrong', `cannot keep this change window: ${because}`);
}
