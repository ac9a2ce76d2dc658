import type { Metadata } from 'next';
import { responsesPath, waitingPath } from '@/components/responses/paths';
import { ResponseList } from '@/components/responses/response-list';
import { readScope, toSearchParams } from '@/components/url/page-scope';
import { responseListSchema } from '@/lib/alerts/contract/responses';
import { viewResponses } from '@/lib/alerts/views/responses';
import type { PageProps } from '../page-props';
import { signedIn } from '../person';
import { Prefetched, type Read } from '../prefetched';

export const metadata: Metadata = { title: 'Responses' };

export default async function ResponsesPage({ searchParams }: PageProps) {
  const viewer = await signedIn();
  const params = toSearchParams(await searchParams);
  const scope = readScope(params, new Date());
  const answer: Read['answer'] = (query) => viewResponses(viewer, responseListSchema.parse(query));
  return (
    <Prefetched
      reads={[
        { path: waitingPath(scope), answer },
        { path: responsesPath(params, scope), answer },
      ]}
    >
      <ResponseList />
    </Prefetched>
  );
}
