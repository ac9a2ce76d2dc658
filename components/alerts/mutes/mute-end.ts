import { HOUR_MS } from '@/lib/kernel/instant';

/** How long a mute may last at a press; anything else is a date of one's own. */
export const MUTE_SPANS = [
  { id: '4h', word: '4 hours', ms: 4 * HOUR_MS },
  { id: '24h', word: '1 day', ms: 24 * HOUR_MS },
  { id: '7d', word: '7 days', ms: 7 * 24 * HOUR_MS },
] as const;
export type MuteSpan = (typeof MUTE_SPANS)[number]['id'];

export function endOfSpan(span: MuteSpan, now: Date): Date {
  const { ms } = MUTE_SPANS.find((one) => one.id === span) ?? MUTE_SPANS[0];
  return new Date(now.getTime() + ms);
}

/** What is wrong with the end of a mute, or null. */
export function problemOfEnd(end: Date | null, now: Date): string | null {
  if (end === null) return 'An end with date and time is needed; no mute lasts for ever.';
  return end <= now ? 'The end has to lie ahead.' : null;
}
