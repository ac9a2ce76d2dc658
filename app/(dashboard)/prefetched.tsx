import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queryOf } from '@/app/api/read-request';
import { apiKey } from '@/components/api/api-key';
import { makeQueryClient } from '@/components/api/query-client';

/** A question of the page as the API asks it, and the view that answers it. */
export type Read = {
  readonly path: string;
  readonly answer: (query: Record<string, string | string[]>) => Promise<unknown>;
};

/**
 * Asks the page's views on the server and hands the answers to the browser's cache under the API's own paths. What a view
 * refuses or cannot do is left out: the browser asks the API again and shows its sentence.
 */
export async function Prefetched({
  reads,
  children,
}: {
  readonly reads: readonly Read[];
  readonly children: ReactNode;
}) {
  const client = makeQueryClient();
  await Promise.all(
    reads.map(({ path, answer }) =>
      client.prefetchQuery({
        queryKey: apiKey(path),
        queryFn: () => answer(queryOf(`http://page${path}`)),
        retry: false,
      }),
    ),
  );
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
