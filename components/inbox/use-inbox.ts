'use client';

import { useCommand } from '@/components/api/use-command';
import type { InboxItemDto } from '@/lib/alerts/contract/alerts';

type Read = { readonly ids: readonly string[]; readonly read: boolean } | { readonly allBefore: string };

/** Marks messages read or unread. */
export function useMarkRead() {
  return useCommand<Read, unknown>((body) => ({ method: 'POST', path: '/api/v1/inbox/read', body }));
}

/** `12`, `99+`: what fits on the bell. */
export function bellCount(unread: number): string {
  return unread > 99 ? '99+' : String(unread);
}

/** Up to when everything listed is meant by "all": what comes meanwhile stays unread. */
export function newestOf(items: readonly InboxItemDto[]): string | null {
  return items.reduce<string | null>(
    (newest, item) => (newest === null || item.at > newest ? item.at : newest),
    null,
  );
}
