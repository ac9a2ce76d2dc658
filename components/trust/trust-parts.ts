import { countOf } from '@/components/ui/data/format';
import { formatDay, formatInstant } from '@/components/ui/data/format-time';
import type { DoorQuery } from '@/components/url/page-scope';
import type { CoverageDto } from '@/lib/changes/contract';
import { DAY_MS, HOUR_MS } from '@/lib/kernel/instant';
import type { Outcome } from '@/lib/kernel/words';

/** One statement of the trust line. `pass` only where it was looked at and holds. */
export type TrustPart = {
  readonly id: 'read' | 'complete' | 'missing' | 'unreadable' | 'append_only' | 'ledger';
  readonly text: string;
  readonly outcome: Outcome;
  /** Louder than its outcome's usual colour: amber wants a look, red wants a hand. */
  readonly tone: 'plain' | 'warn' | 'bad';
  readonly to: { readonly path: string; readonly query: DoorQuery };
};

/** Collection reads every few minutes and an hour closes 65 minutes after its end; older than this is late. */
export const LATE_AFTER_MS = 3 * HOUR_MS;
export const STALE_AFTER_MS = DAY_MS;
/** Hours are read again after two days; none should stay open much longer. */
const UNSETTLED_AFTER_MS = 4 * DAY_MS;

/** What the trust line says of a coverage answer. `zone` is that of the page, `now` decides how late the data is. */
export function trustParts(coverage: CoverageDto, now: Date, zone: string): TrustPart[] {
  return [
    readPart(coverage, now, zone),
    ...completeParts(coverage, now, zone),
    ...missingParts(coverage, now),
    ...unreadableParts(coverage),
    ...appendOnlyParts(coverage),
    LEDGER_PART,
  ];
}

/** Sealing is not built yet; until it is, this can only say so. */
export const LEDGER_PART: TrustPart = {
  id: 'ledger',
  text: 'ledger not sealed',
  outcome: 'not_evaluated',
  tone: 'plain',
  to: { path: '/coverage', query: { view: 'ledger' } },
};

/** How fresh the data is: a pass only while it is. */
function readPart(coverage: CoverageDto, now: Date, zone: string): TrustPart {
  const to = { path: '/coverage', query: {} };
  const { readTo } = coverage;
  if (readTo === null) {
    return { id: 'read', text: 'Nothing collected yet', outcome: 'not_evaluated', tone: 'warn', to };
  }
  const late = now.getTime() - new Date(readTo).getTime();
  const tone = late > STALE_AFTER_MS ? 'bad' : late > LATE_AFTER_MS ? 'warn' : 'plain';
  return {
    id: 'read',
    text: `Read to ${shortInstant(readTo, now, zone)}`,
    outcome: tone === 'plain' ? 'pass' : tone === 'warn' ? 'not_evaluated' : 'fail',
    tone,
    to,
  };
}

/** Up to when no late record is expected any more: an hour settles two days after its end, or when two readings agree. */
function completeParts(coverage: CoverageDto, now: Date, zone: string): TrustPart[] {
  const { completeTo } = coverage;
  if (completeTo === null) return [];
  const settled = now.getTime() - new Date(completeTo).getTime() <= UNSETTLED_AFTER_MS;
  return [
    {
      id: 'complete',
      text: `complete to ${shortInstant(completeTo, now, zone)}`,
      outcome: settled ? 'pass' : 'not_evaluated',
      tone: settled ? 'plain' : 'warn',
      to: { path: '/coverage', query: {} },
    },
  ];
}

function shortInstant(at: string, now: Date, zone: string): string {
  const full = formatInstant(at, zone, 'minute');
  return full.slice(0, 10) === formatInstant(now, zone, 'day') ? full.slice(11) : full;
}

/** Said only where it is not so: the product then keeps facts by itself, and `doctor` tells how to mend it. */
function appendOnlyParts({ appendOnlyEnforced }: CoverageDto): TrustPart[] {
  if (appendOnlyEnforced) return [];
  return [
    {
      id: 'append_only',
      text: 'append-only not kept by the database',
      outcome: 'not_evaluated',
      tone: 'warn',
      to: { path: '/coverage', query: { view: 'ledger' } },
    },
  ];
}

function missingParts(coverage: CoverageDto, now: Date): TrustPart[] {
  const gaps = coverage.hours.filter((hour) => hour.state === 'gap').map((hour) => hour.hour);
  if (gaps.length === 0) return [];
  const days = [...new Set(gaps.map((hour) => hour.slice(0, 10)))];
  const first = days[0]!;
  const where =
    days.length === 1 ? formatDay(`${first}T00:00:00Z`, now.getUTCFullYear()) : countOf(days.length, 'day');
  return [
    {
      id: 'missing',
      text: `${countOf(gaps.length, 'hour')} missing on ${where}`,
      outcome: 'fail',
      tone: 'bad',
      to: { path: '/coverage', query: { cell: gaps[0]! } },
    },
  ];
}

function unreadableParts(coverage: CoverageDto): TrustPart[] {
  const hours = coverage.hours.filter((hour) => hour.state === 'not_evaluated');
  const records = coverage.hours.reduce((sum, hour) => sum + hour.quarantined, 0);
  const parts: TrustPart[] = [];
  if (hours.length > 0) {
    parts.push({
      id: 'unreadable',
      text: `${countOf(hours.length, 'hour')} not readable`,
      outcome: 'not_evaluated',
      tone: 'warn',
      to: { path: '/coverage', query: { cell: hours[0]!.hour } },
    });
  }
  if (records > 0) {
    parts.push({
      id: 'unreadable',
      text: `${countOf(records, 'record')} quarantined`,
      outcome: 'not_evaluated',
      tone: 'warn',
      to: { path: '/coverage', query: { view: 'quarantine' } },
    });
  }
  return parts;
}
