/** How instants are written: `2026-11-20 14:22:31Z` in UTC, with an offset in any other zone; the zone is never left out. */
export const UTC = 'UTC';

type Precision = 'second' | 'minute' | 'day';

/** The instant in `zone`, always with the zone's mark; what is no instant is returned as it is. */
export function formatInstant(
  iso: string | Date,
  zone: string = UTC,
  precision: Precision = 'second',
): string {
  const at = typeof iso === 'string' ? new Date(iso) : iso;
  if (Number.isNaN(at.getTime())) return String(iso);
  if (zone === UTC) {
    const text = at.toISOString();
    if (precision === 'day') return text.slice(0, 10);
    return `${text.slice(0, 10)} ${text.slice(11, precision === 'minute' ? 16 : 19)}Z`;
  }
  const part = partsIn(at, zone);
  const day = `${part.year}-${part.month}-${part.day}`;
  if (precision === 'day') return day;
  const clock =
    precision === 'minute' ? `${part.hour}:${part.minute}` : `${part.hour}:${part.minute}:${part.second}`;
  return `${day} ${clock}${offsetText(at, zone)}`;
}

/** `14:22:31Z`, for a second time of the same day. */
export function formatClock(iso: string, zone: string = UTC): string {
  return formatInstant(iso, zone).slice(11);
}

/** `3 Nov`, or `3 Nov 2025` when the year is not `yearNow`. UTC. */
export function formatDay(iso: string | Date, yearNow?: number): string {
  const at = new Date(iso);
  const text = `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`;
  return yearNow === undefined || yearNow === at.getUTCFullYear() ? text : `${text} ${at.getUTCFullYear()}`;
}

/** `4 min ago`, `in 2 h`, for the trust line; exact instants stand beside it. */
export function agoMs(iso: string, now: Date): number {
  return now.getTime() - new Date(iso).getTime();
}

/** Whether the machine knows this zone; a zone from an address may be anything. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Minutes that `zone` is ahead of UTC at that instant. */
export function offsetMinutes(at: Date, zone: string): number {
  const part = partsIn(at, zone);
  const asUtc = Date.UTC(
    Number(part.year),
    Number(part.month) - 1,
    Number(part.day),
    Number(part.hour),
    Number(part.minute),
    Number(part.second),
  );
  return Math.round((asUtc - Math.floor(at.getTime() / 1000) * 1000) / 60_000);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

function offsetText(at: Date, zone: string): string {
  const minutes = offsetMinutes(at, zone);
  const sign = minutes < 0 ? '-' : '+';
  const two = (n: number) => String(n).padStart(2, '0');
  return `${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function partsIn(at: Date, zone: string): Record<string, string> {
  let format = formatters.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(zone, format);
  }
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
}
