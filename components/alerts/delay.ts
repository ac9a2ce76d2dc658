import { formatSpan } from '@/components/ui/data/format';

/** `0.4 s`, `12 s`, `3 min 20 s`: how long something took; tenths only where they say something. */
export function formatDelay(ms: number): string {
  if (ms < 10_000) return `${(Math.max(0, ms) / 1000).toFixed(1)} s`;
  return formatSpan(ms);
}
