import type { Metadata } from 'next';
import { justificationsPath } from '@/components/justifications/paths';
import { RequestList } from '@/components/justifications/request-list';
import { toSearchParams } from '@/components/url/page-scope';
import { requestListSchema } from '@/lib/linking/contract/justifications';
import { viewJustifications } from '@/lib/linking/views/justifications';
import type { PageProps } from '../page-props';
import { signedIn } from '../person';
import { Prefetched } from '../prefetched';

export const metadata: Metadata = { title: 'Requests for justification' };

export default async function JustificationsPage({ searchParams }: PageProps) {
  const viewer = await signedIn();
  const params = toSearchParams(await searchParams);
  return (
    <Prefetched
      reads={[
        {
          path: justificationsPath(params),
          answer: (query) => viewJustifications(viewer, requestListSchema.parse(query)),
        },
      ]}
    >
      <RequestList />
    </Prefetched>
  );
}
