import { formatPart, formatRate, rateDelta } from '@/components/ui/data/format';
import { formatInstant } from '@/components/ui/data/format-time';
import type { RateDto } from '@/lib/linking/contract';

/** Up is worse; the arrow and the word say it, the colour repeats it. */
export function RateTrend({ rate }: { readonly rate: RateDto }) {
  const before = rate.previous;
  const delta = rateDelta(rate.rate, before?.rate ?? null);
  if (before === null || delta === null) {
    return <span className="text-muted">nothing to compare with in the period before</span>;
  }
  const rounded = Math.abs(delta) < 0.05 ? 0 : delta;
  const title = `Period before, ${formatInstant(before.from, 'UTC', 'minute')} to ${formatInstant(before.to, 'UTC', 'minute')}: ${formatRate(before.rate)}, ${formatPart(before.unlinked, before.total, 'change')}`;
  return (
    <span
      title={title}
      className={rounded > 0 ? 'text-unlinked' : rounded < 0 ? 'text-linked' : 'text-muted'}
    >
      {rounded === 0 ? '= ' : rounded > 0 ? '▲ ' : '▼ '}
      {rounded === 0 ? 'as before' : `${Math.abs(rounded).toFixed(1)} pts`}
      <span className="text-muted"> against {formatRate(before.rate)}</span>
    </span>
  );
}
