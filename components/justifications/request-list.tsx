'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/use-api';
import { useMe } from '@/components/frame/use-me';
import { Chip } from '@/components/ui/chip';
import { countOf } from '@/components/ui/data/format';
import { Pagination } from '@/components/ui/data/pagination';
import { PageHead } from '@/components/ui/layout/page-head';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { setValues, toggleValue, withCursor } from '@/components/url/list-params';
import { addressOf, useScope } from '@/components/url/use-scope';
import type { Page } from '@/lib/kernel/paging';
import type { RequestDto } from '@/lib/linking/contract/manual';
import { justificationsPath, readRequestStates } from './paths';
import { RequestBody } from './request-body';
import { REQUEST_STATES, REQUEST_WORDS } from './request-words';

const OPEN = 'request';

/** Every question that was put to whoever made a change, newest first, with where it stands. */
export function RequestList() {
  const { params, pathname, setParams, href } = useScope();
  const me = useMe().data;
  const cursor = params.get('cursor');
  const answer = useApi<Page<RequestDto>>(justificationsPath(params), { live: cursor === null, keep: true });
  const states = readRequestStates(params);
  const rows = answer.data?.items ?? [];
  const pageHref = (next: string | null) => addressOf(pathname, withCursor(params, OPEN, next));
  const may = me?.permissions.includes('links.decide') === true;
  return (
    <>
      <PageHead title="Requests for justification" />
      <nav aria-label="Path" className="mb-3 text-sm text-muted">
        <Link className="door" href={href('/changes')}>
          Changes
        </Link>
      </nav>
      <div className="mb-3 flex flex-wrap items-center gap-1.5">
        <Chip pressed={states.length === 0} onPress={() => setParams(setValues(params, OPEN, { state: [] }))}>
          All
        </Chip>
        {REQUEST_STATES.map((state) => (
          <Chip
            key={state}
            pressed={states.includes(state)}
            onPress={() => setParams(toggleValue(params, OPEN, 'state', state))}
          >
            {REQUEST_WORDS[state]}
          </Chip>
        ))}
      </div>
      {answer.isError ? (
        <ErrorState
          doing="cannot show the requests"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      ) : answer.data === undefined ? (
        <SkeletonRows label="Reading the requests" />
      ) : rows.length === 0 ? (
        <EmptyState title={states.length === 0 ? 'Nobody was asked yet' : 'No request of this kind'}>
          Open an unlinked change and choose Ask why: its actor gets a mail with a link and answers without an
          account.
        </EmptyState>
      ) : (
        <ul className="divide-y border-y" aria-label="Requests, newest first">
          {rows.map((request) => (
            <li key={request.id} className="py-3">
              <RequestBody request={request} may={may} />
              <p className="mt-1 flex flex-wrap gap-x-3 text-sm">
                {request.changes.slice(0, 3).map((change) => (
                  <Link
                    key={change.id}
                    className="door"
                    href={href(`/changes/${encodeURIComponent(change.id)}`)}
                  >
                    {change.sentence}
                  </Link>
                ))}
                {request.sessionId === null ? null : (
                  <Link className="door" href={href(`/sessions/${encodeURIComponent(request.sessionId)}`)}>
                    the whole session, {countOf(request.about, 'change')}
                  </Link>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
      <Pagination
        shown={rows.length}
        unit="requests"
        firstHref={cursor === null ? null : pageHref(null)}
        nextHref={answer.data?.nextCursor == null ? null : pageHref(answer.data.nextCursor)}
      />
    </>
  );
}
