'use client';

import { keepPreviousData, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MeDto } from '@/lib/auth/contract';
import { apiKey } from './api-key';
import { fetchJson } from './fetch-json';
import { ME_PATH } from './fixed-paths';

/** How often a page asks again while it is looked at. */
export const LIVE_MS = 12_000;

/**
 * What `path` answers now, refreshed while the page is open; the path with its query is the cache key, so the page's
 * server part can fill it beforehand. `path` null asks nothing.
 *
 * Each view of an auditor is a row of the journal. For them a page therefore asks only when they ask: a refresh on its
 * own would bury what they looked at under what their browser did.
 */
export function useApi<T>(
  path: string | null,
  options: {
    /** `true`: at the usual pace; a number: every so many milliseconds; a function: as the last answer wants it. */
    live?: boolean | number | ((last: T | undefined) => number);
    keep?: boolean;
    apart?: string;
  } = {},
): UseQueryResult<T, Error> {
  const client = useQueryClient();
  const paceOf = (last: T | undefined) => {
    const { live } = options;
    if (typeof live === 'function') return live(last);
    return live === true ? LIVE_MS : (live ?? false);
  };
  const isJournaled = () => client.getQueryData<MeDto>(apiKey(ME_PATH))?.role === 'auditor';
  return useQuery<T>({
    queryKey: apiKey(path ?? '', options.apart),
    queryFn: ({ signal }) => fetchJson<T>(path ?? '', { signal }),
    enabled: path !== null,
    refetchInterval: (query) => (isJournaled() ? false : paceOf(query.state.data)),
    refetchOnWindowFocus: () => !isJournaled(),
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
  });
}
