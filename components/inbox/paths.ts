import { apiPath } from '@/components/api/api-key';

/** What the bell asks on every page; the frame's server part asks the same beforehand. */
export const BELL_PATH = apiPath('/api/v1/inbox', { limit: 8 });

export function inboxPath(params: URLSearchParams): string {
  return apiPath('/api/v1/inbox', {
    unread: params.get('show') === 'unread' ? 'true' : null,
    cursor: params.get('cursor'),
    limit: 50,
  });
}
