'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { MINUTE_MS } from '@/lib/kernel/instant';
import { type DoorQuery, hrefWithScope, type PageScope, readScope } from './page-scope';
import { shallowGo } from './shallow-go';

type UseScope = PageScope & {
  readonly params: URLSearchParams;
  readonly pathname: string;
  /** Address of another page with this scope. */
  readonly href: (path: string, query?: DoorQuery) => string;
  /** Puts other parameters into this page's address; a new entry of the history unless `replace`. */
  readonly setParams: (next: URLSearchParams, how?: 'push' | 'replace') => void;
};

/** The page's scope from its address. A relative period moves on by itself while the page stays open. */
export function useScope(): UseScope {
  const params = useSearchParams();
  const pathname = usePathname();
  const [minute, setMinute] = useState(() => Math.floor(Date.now() / MINUTE_MS));
  useEffect(() => {
    const timer = setInterval(() => setMinute(Math.floor(Date.now() / MINUTE_MS)), MINUTE_MS / 4);
    return () => clearInterval(timer);
  }, []);
  const scope = useMemo(() => readScope(params, new Date(minute * MINUTE_MS)), [params, minute]);
  const href = useCallback((path: string, query?: DoorQuery) => hrefWithScope(path, params, query), [params]);
  const setParams = useCallback(
    (next: URLSearchParams, how: 'push' | 'replace' = 'push') => shallowGo(addressOf(pathname, next), how),
    [pathname],
  );
  return { ...scope, params, pathname, href, setParams };
}

export function addressOf(pathname: string, params: URLSearchParams): string {
  const text = params.toString();
  return text === '' ? pathname : `${pathname}?${text}`;
}
