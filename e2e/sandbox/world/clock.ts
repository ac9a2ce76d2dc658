export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** How far back the planted history reaches. */
export const HISTORY_DAYS = 90;

/** The instant `daysAgo` days before the anchor, at a time of that day. Requires daysAgo >= 1, so that it lies before the anchor. */
export function ago(anchor: number, daysAgo: number, time = '00:00:00'): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return anchor - daysAgo * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND;
}

/** ISO text with whole seconds, as the audit API writes `eventDate`. */
export function isoSeconds(at: number): string {
  return new Date(Math.floor(at / SECOND) * SECOND).toISOString().replace('.000Z', 'Z');
}

export function isoMillis(at: number): string {
  return new Date(at).toISOString();
}
