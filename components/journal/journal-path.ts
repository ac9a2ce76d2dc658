import { apiPath } from '@/components/api/api-key';
import { type PageScope, scopeQuery } from '@/components/url/page-scope';

/** What the journal's list asks for its address. */
export function journalPath(scope: PageScope, params: URLSearchParams): string {
  return apiPath('/api/v1/journal', {
    ...scopeQuery(scope),
    actor: params.getAll('actor'),
    action: params.getAll('action'),
    object: params.getAll('object'),
    cursor: params.get('cursor'),
    limit: 50,
  });
}
