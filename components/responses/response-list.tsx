'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { useApi } from '@/components/api/use-api';
import { useRowKeys } from '@/components/hooks/use-row-keys';
import { RiskBars } from '@/components/tally/risk-bars';
import { Chip } from '@/components/ui/chip';
import { DataTable } from '@/components/ui/data/data-table';
import { plural } from '@/components/ui/data/format';
import { Pagination } from '@/components/ui/data/pagination';
import { Time } from '@/components/ui/data/time';
import { PageHead } from '@/components/ui/layout/page-head';
import { Panel } from '@/components/ui/layout/panel';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { setValues, toggleValue, withCursor } from '@/components/url/list-params';
import { describePeriod } from '@/components/url/period';
import { addressOf, useScope } from '@/components/url/use-scope';
import { useZone } from '@/components/url/use-zone';
import type { ResponseDto } from '@/lib/alerts/contract/responses';
import type { Page } from '@/lib/kernel/paging';
import { PAST_STATES, readStates, responsesPath } from './paths';
import { ResponseMark } from './response-mark';
import { ResponseTitle } from './response-title';
import { WaitingList } from './waiting-list';
import { RESPONSE_STATE_MEANINGS, RESPONSE_STATE_WORDS } from './words';

const OPEN = 'response';

/** What could be done about what was found: what waits for a decision first, then what was and what would have been done. */
export function ResponseList() {
  const scope = useScope();
  const { params, pathname, setParams, href } = scope;
  const zone = useZone();
  const router = useRouter();
  const cursor = params.get('cursor');
  const answer = useApi<Page<ResponseDto>>(responsesPath(params, scope), {
    live: cursor === null,
    keep: true,
  });
  const rows = answer.data?.items ?? NO_ROWS;
  const keys = useMemo(() => rows.map((row) => row.id), [rows]);
  const hrefOf = useCallback((id: string) => href(`/responses/${encodeURIComponent(id)}`), [href]);
  const open = useCallback((id: string) => router.push(hrefOf(id)), [router, hrefOf]);
  const current = useRowKeys({ keys, openKey: null, onOpen: open, onClose: nothing });
  const states = readStates(params);
  const pageHref = (next: string | null) => addressOf(pathname, withCursor(params, OPEN, next));
  return (
    <>
      <PageHead title="Responses" scope={describePeriod(scope.period, zone)} />
      <WaitingList />
      <Panel title="Before" className="mt-8">
        <div className="mb-3 flex flex-wrap items-center gap-1.5">
          <Chip
            pressed={states.length === 0}
            onPress={() => setParams(setValues(params, OPEN, { state: [] }))}
          >
            All
          </Chip>
          {PAST_STATES.map((state) => (
            <Chip
              key={state}
              pressed={states.includes(state)}
              title={RESPONSE_STATE_MEANINGS[state]}
              onPress={() => setParams(toggleValue(params, OPEN, 'state', state))}
            >
              {RESPONSE_STATE_WORDS[state]}
            </Chip>
          ))}
        </div>
        {answer.isError ? (
          <ErrorState
            doing="cannot show the responses"
            error={answer.error}
            onRetry={() => void answer.refetch()}
          />
        ) : answer.data === undefined ? (
          <SkeletonRows label="Reading the responses" />
        ) : rows.length === 0 ? (
          <EmptyState title="No response of this kind in this period">
            Searched: {describePeriod(scope.period, zone)}. A response is proposed when a rule that can be
            answered finds something. Where the policy says nothing it is observed only: it is written here
            what would have been done.
          </EmptyState>
        ) : (
          <>
            <DataTable
              caption="Responses, newest first"
              rows={rows}
              keyOf={(row) => row.id}
              onOpen={(row) => open(row.id)}
              currentKey={current}
              columns={[
                {
                  id: 'state',
                  header: 'State',
                  className: 'whitespace-nowrap',
                  cell: (row) => <ResponseMark state={row.state} />,
                },
                {
                  id: 'what',
                  header: 'What',
                  className: 'w-1/2 min-w-72',
                  cell: (row) => (
                    <>
                      <ResponseTitle response={row} href={hrefOf(row.id)} />
                      {row.because === null ? null : (
                        <p dir="auto" className="text-sm text-muted">
                          {row.because}
                        </p>
                      )}
                    </>
                  ),
                },
                { id: 'severity', header: 'Severity', cell: (row) => <RiskBars risk={row.severity} /> },
                { id: 'asked', header: 'Asked by', cell: (row) => <bdi>{row.requestedBy}</bdi> },
                {
                  id: 'decided',
                  header: 'Decided by',
                  cell: (row) =>
                    row.decidedBy === null ? (
                      <span className="text-muted">nobody</span>
                    ) : (
                      <bdi>{row.decidedBy}</bdi>
                    ),
                },
                { id: 'when', header: 'Proposed', cell: (row) => <Time at={row.proposedAt} /> },
              ]}
              narrow={(row) => ({
                first: <ResponseTitle response={row} href={hrefOf(row.id)} />,
                second: (
                  <>
                    <ResponseMark state={row.state} />
                    <RiskBars risk={row.severity} />
                    <Time at={row.proposedAt} precision="minute" />
                  </>
                ),
              })}
            />
            <Pagination
              shown={rows.length}
              unit={plural(rows.length, 'response')}
              nextLabel="Older"
              nextHref={answer.data.nextCursor === null ? null : pageHref(answer.data.nextCursor)}
              firstHref={cursor === null ? null : pageHref(null)}
            />
          </>
        )}
      </Panel>
    </>
  );
}

const NO_ROWS: readonly ResponseDto[] = [];
const nothing = () => undefined;
