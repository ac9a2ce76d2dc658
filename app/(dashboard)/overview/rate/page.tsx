import type { Metadata } from 'next';
import { breakdownPath, wholeRatePath } from '@/components/rate/paths';
import { RatePage } from '@/components/rate/rate-page';
import { readRateState } from '@/components/rate/rate-state';
import { readScope, toSearchParams } from '@/components/url/page-scope';
import { rateQuerySchema } from '@/lib/linking/contract';
import { breakdownQuerySchema } from '@/lib/linking/contract/rate-breakdown';
import { viewUnlinkedRate } from '@/lib/linking/views';
import { viewRateBreakdown } from '@/lib/linking/views/rate-breakdown';
import type { PageProps } from '../../page-props';
import { signedIn } from '../../person';
import { Prefetched } from '../../prefetched';
import { coverageRead } from '../../reads';

export const metadata: Metadata = { title: 'Unlinked change rate' };

export default async function UnlinkedRatePage({ searchParams }: PageProps) {
  const viewer = await signedIn();
  const params = toSearchParams(await searchParams);
  const scope = readScope(params, new Date());
  const state = readRateState(params, scope.range);
  return (
    <Prefetched
      reads={[
        coverageRead(viewer, scope),
        {
          path: wholeRatePath(state, scope),
          answer: (query) => viewUnlinkedRate(viewer, rateQuerySchema.parse(query)),
        },
        {
          path: breakdownPath(state, scope),
          answer: (query) => viewRateBreakdown(viewer, breakdownQuerySchema.parse(query)),
        },
      ]}
    >
      <RatePage />
    </Prefetched>
  );
}
