'use client';

import Link from 'next/link';
import { RateCounts } from '@/components/overview/rate-counts';
import { RateTrend } from '@/components/overview/rate-trend';
import { Count } from '@/components/ui/data/count';
import { countOf, formatCount, formatRate } from '@/components/ui/data/format';
import { useScope } from '@/components/url/use-scope';
import type { RateDto } from '@/lib/linking/contract';
import { doorQuery, type RateState } from './rate-state';

/** Not linked, whatever the reason: the numerator. */
export const NOT_LINKED = ['late_approval', 'outside_window', 'mismatch', 'unlinked'] as const;
/** What is in the rate: the denominator. */
export const COUNTED = ['linked', ...NOT_LINKED] as const;

/** The number, what it is of, how it moved, its parts and what stands outside it; each figure opens its rows. */
export function RateFigures({ rate, state }: { readonly rate: RateDto; readonly state: RateState }) {
  const { href } = useScope();
  const door = (more: Parameters<typeof doorQuery>[1]) => href('/changes', doorQuery(state, more));
  return (
    <div>
      <div className="flex flex-wrap items-baseline gap-x-6 gap-y-1">
        <span className="font-serif text-4xl">{formatRate(rate.rate)}</span>
        <RateTrend rate={rate} />
        <span className="text-lg">
          <Count value={rate.unlinked} href={door({ linkage: NOT_LINKED })} /> of{' '}
          <Link className="door" href={door({ linkage: COUNTED })}>
            {countOf(rate.total, 'change')}
          </Link>
        </span>
      </div>
      <RateCounts rate={rate} within={doorQuery(state)} />
      <p className="mt-2 text-sm text-muted">
        {rate.bypasses === 0 ? (
          'None of them went past the pipeline.'
        ) : (
          <>
            <Count value={rate.bypasses} href={door({ bypass: 'true', linkage: COUNTED })} /> went past the
            pipeline: made by hand on what it owns.
          </>
        )}
        {rate.previous === null || rate.previous.total === 0
          ? null
          : ` Period before: ${formatCount(rate.previous.unlinked)} of ${countOf(rate.previous.total, 'change')}.`}
      </p>
    </div>
  );
}
