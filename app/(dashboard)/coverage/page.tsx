import type { Metadata } from 'next';
import { Coverage } from '@/components/coverage/coverage';
import { calendarPath } from '@/components/coverage/coverage-paths';
import { readScope, toSearchParams } from '@/components/url/page-scope';
import { coverageQuerySchema } from '@/lib/changes/contract';
import { viewCoverage } from '@/lib/changes/views/coverage';
import type { PageProps } from '../page-props';
import { signedIn } from '../person';
import { Prefetched } from '../prefetched';

export const metadata: Metadata = { title: 'Coverage' };

export default async function CoveragePage({ searchParams }: PageProps) {
  const viewer = await signedIn();
  const params = toSearchParams(await searchParams);
  const scope = readScope(params, new Date());
  return (
    <Prefetched
      reads={[
        {
          path: calendarPath(scope, params),
          answer: (query) => viewCoverage(viewer, coverageQuerySchema.parse(query)),
        },
      ]}
    >
      <Coverage />
    </Prefetched>
  );
}
