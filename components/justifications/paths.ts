import { apiPath } from '@/components/api/api-key';
import { REQUEST_STATES } from './request-words';

const PER_PAGE = 50;

/** The states of the address that there are. */
export function readRequestStates(params: URLSearchParams): readonly (typeof REQUEST_STATES)[number][] {
  const given = new Set(params.getAll('state'));
  return REQUEST_STATES.filter((state) => given.has(state));
}

/** What the list asks for its address; the page's server part asks the same beforehand. */
export function justificationsPath(params: URLSearchParams): string {
  return apiPath('/api/v1/justifications', {
    state: readRequestStates(params),
    cursor: params.get('cursor'),
    limit: PER_PAGE,
  });
}
