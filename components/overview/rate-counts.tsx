'use client';

import Link from 'next/link';
import { TallyGlyph } from '@/components/tally/tally-glyph';
import { EXCLUSION_WORDS, LINKAGE_WORDS } from '@/components/tally/words';
import { Count } from '@/components/ui/data/count';
import { formatCount } from '@/components/ui/data/format';
import type { DoorQuery } from '@/components/url/page-scope';
import { useScope } from '@/components/url/use-scope';
import { EXCLUSIONS, LINKAGES } from '@/lib/kernel/words';
import type { RateDto } from '@/lib/linking/contract';

const COUNTED = LINKAGES.filter((status) => status !== 'not_applicable');

type RateCountsProps = {
  readonly rate: RateDto;
  /** What every door carries besides its own figure: a filter of the page, an instant. */
  readonly within?: DoorQuery;
};

/** The parts of the rate and what stands outside it. Each number opens exactly the rows it counts. */
export function RateCounts({ rate, within = {} }: RateCountsProps) {
  const scope = useScope();
  const href = (path: string, query: DoorQuery) => scope.href(path, { ...within, ...query });
  const excluded = EXCLUSIONS.filter((reason) => rate.excluded[reason] > 0);
  return (
    <div className="mt-4 flex flex-col gap-2">
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {COUNTED.map((status) => (
          <li key={status}>
            <Link
              href={href('/changes', { linkage: status })}
              className="inline-flex items-center gap-2 hover:text-accent"
            >
              <TallyGlyph status={status} decorative />
              {LINKAGE_WORDS[status]}
              <span className="font-medium underline decoration-line-strong underline-offset-3">
                {formatCount(rate.counts[status])}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <p className="text-sm text-muted">
        {excluded.length === 0 ? (
          'Nothing was left out.'
        ) : (
          <>
            Not counted:{' '}
            {excluded.map((reason, index) => (
              <span key={reason}>
                {index === 0 ? '' : ', '}
                <Count
                  value={rate.excluded[reason]}
                  href={href('/changes', { excluded: reason, accountable: 'all' })}
                />{' '}
                {EXCLUSION_WORDS[reason]}
              </span>
            ))}
            .
          </>
        )}
        {rate.notEvaluated === 0
          ? ''
          : ` ${formatCount(rate.notEvaluated)} of the unlinked cite something that was never looked up.`}
        {rate.provisional === 0
          ? ''
          : ` ${formatCount(rate.provisional)} are provisional: pushed, not yet confirmed by a pull.`}
      </p>
    </div>
  );
}
