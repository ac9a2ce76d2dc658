import { Temporal } from 'temporal-polyfill';
import { DAY_MS } from '@/lib/kernel/instant';

/** Offsets from UTC at the beginning of UTC days, by zone: asking the zone's rules costs a millisecond. Bounded by being emptied. */
const offsets = new Map<string, number>();
const MAX_OFFSETS = 50_000;

/** How an instant reads on the clock of a zone, cut to minutes: `2026-11-20T15:22`. */
export function localTime(at: Date, zone: string): string {
  if (zone === 'UTC') return at.toISOString().slice(0, 16);
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  return zoned.toPlainDateTime().toString().slice(0, 16);
}

/**
 * The instant at which the clock of a zone first shows a local time; where it skips that time, the instant of the skip.
 *
 * Throws a RangeError where the text is no local time or the zone is unknown.
 */
export function instantOf(
  local: string,
  zone: string,
): { readonly at: Date; readonly shown: 'once' | 'twice' | 'never' } {
  const steady = steadyOffset(local, zone);
  if (steady !== null) return { at: new Date(Date.parse(`${local}Z`) - steady), shown: 'once' };
  const plain = Temporal.PlainDateTime.from(local);
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  const at = new Date(earlier.epochMilliseconds);
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { at, shown: 'once' };
  if (earlier.toPlainDateTime().equals(plain)) return { at, shown: 'twice' };
  // `later` lies behind the skip, or exactly on it: a transition is looked for before an instant, not at it.
  const skip = later.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  return { at: new Date(skip?.epochMilliseconds ?? later.epochMilliseconds), shown: 'never' };
}

/** The offset of the zone around a local time where its clocks are not moved within a day of it; null where they are. */
function steadyOffset(local: string, zone: string): number | null {
  const day = Math.floor(Date.parse(`${local}Z`) / DAY_MS);
  if (Number.isNaN(day)) return null;
  const before = offsetOn(day - 1, zone);
  const isSteady = [day, day + 1, day + 2].every((one) => offsetOn(one, zone) === before);
  return isSteady ? before : null;
}

function offsetOn(day: number, zone: string): number {
  const key = `${zone} ${day}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const zoned = Temporal.Instant.fromEpochMilliseconds(day * DAY_MS).toZonedDateTimeISO(zone);
  const offset = zoned.offsetNanoseconds / 1e6;
  if (offsets.size >= MAX_OFFSETS) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** Whether a text is the IANA name of a time zone that this machine knows. */
export function isZone(zone: string): boolean {
  // `+02:00` is accepted by Intl, and is no zone: it knows no daylight saving.
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    // Intl throws for a name it does not know; that is the answer.
    return false;
  }
}
