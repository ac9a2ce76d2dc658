import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error';

/** A page is prefetched on the server, so fresh data is not asked for again in its first seconds. */
const STALE_MS = 5_000;
const RETRIES = 2;

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        refetchOnWindowFocus: true,
        // What the server refused stays refused; only outages are worth another try.
        retry: (failures, error) =>
          failures < RETRIES && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
      },
    },
  });
}
