'use client';

import { apiPath } from '@/components/api/api-key';
import { useApi } from '@/components/api/use-api';
import { useOrganizationName } from '@/components/frame/use-organizations';
import { DataTable } from '@/components/ui/data/data-table';
import { plural, sentenceCase, wordsOf } from '@/components/ui/data/format';
import { Pagination } from '@/components/ui/data/pagination';
import { Time } from '@/components/ui/data/time';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { addressOf, useScope } from '@/components/url/use-scope';
import type { ObservationDto } from '@/lib/changes/contract/collection';
import type { Page } from '@/lib/kernel/paging';

/** What the platform sent that was not known before: services, actions, fields, and fields of another type. */
export function ObservationsView() {
  const scope = useScope();
  const { params, pathname } = scope;
  const nameOf = useOrganizationName();
  const cursor = params.get('cursor');
  const answer = useApi<Page<ObservationDto>>(
    apiPath('/api/v1/observations', { org: scope.orgs, cursor, limit: 50 }),
    { keep: true },
  );
  if (answer.isError) {
    return (
      <ErrorState
        doing="cannot show the schema history"
        error={answer.error}
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <SkeletonRows label="Reading the schema history" />;
  if (answer.data.items.length === 0) {
    return (
      <EmptyState title="Nothing unknown has been seen">
        Records with a new service, action or field pass through and are listed here; a field that changes its
        type is listed and its records are quarantined.
      </EmptyState>
    );
  }
  const pageHref = (next: string | null) => {
    const changed = new URLSearchParams(params);
    changed.delete('cursor');
    if (next !== null) changed.set('cursor', next);
    return addressOf(pathname, changed);
  };
  return (
    <>
      <DataTable
        caption="Observations, newest first"
        rows={answer.data.items}
        keyOf={(one) => one.id}
        columns={[
          { id: 'what', header: 'Seen', cell: (one) => sentenceCase(wordsOf(one.kind)) },
          {
            id: 'name',
            header: 'Name',
            className: 'min-w-44',
            cell: (one) => <span className="font-mono wrap-anywhere">{one.name}</span>,
          },
          { id: 'detail', header: 'What it means', cell: (one) => one.detail },
          {
            id: 'example',
            header: 'Example',
            cell: (one) => (
              <span className="line-clamp-3 font-mono text-xs wrap-anywhere">{one.example ?? ''}</span>
            ),
          },
          { id: 'org', header: 'Organisation', cell: (one) => nameOf(one.orgId) },
          { id: 'when', header: 'First seen', cell: (one) => <Time at={one.firstSeenAt} /> },
        ]}
        narrow={(one) => ({
          first: (
            <>
              {sentenceCase(wordsOf(one.kind))}: <span className="font-mono wrap-anywhere">{one.name}</span>
            </>
          ),
          second: (
            <>
              <span>{one.detail}</span>
              <Time at={one.firstSeenAt} precision="minute" />
            </>
          ),
        })}
      />
      <Pagination
        shown={answer.data.items.length}
        unit={plural(answer.data.items.length, 'observation')}
        nextHref={answer.data.nextCursor === null ? null : pageHref(answer.data.nextCursor)}
        firstHref={cursor === null ? null : pageHref(null)}
      />
    </>
  );
}
