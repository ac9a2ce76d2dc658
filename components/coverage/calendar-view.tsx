'use client';

import { useEffect, useMemo } from 'react';
import { useApi } from '@/components/api/use-api';
import { CoverageCell } from '@/components/tally/coverage-mark';
import { COVERAGE_MEANINGS, COVERAGE_WORDS, SOURCE_WORDS } from '@/components/tally/words';
import { countOf, formatCount, sentenceCase } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { Select } from '@/components/ui/select';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { PartialNote } from '@/components/ui/state/partial-note';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { CoverageDto } from '@/lib/changes/contract';
import { SOURCES } from '@/lib/kernel/words';
import { Calendar } from './calendar';
import { BASIS_WORDS, basisCounts, calendarDays, DAYS_DRAWN, STATES_BY_TROUBLE } from './calendar-days';
import { calendarPath, withCell } from './coverage-paths';
import { ReadingsSheet } from './readings-sheet';

const ALL = 'all';

export function CalendarView() {
  const scope = useScope();
  const { params, setParams } = scope;
  const answer = useApi<CoverageDto>(calendarPath(scope, params), { live: 30_000, keep: true });
  const cell = params.get('cell');
  const set = (name: 'service' | 'source', value: string) => {
    const next = withCell(params, null);
    next.delete(name);
    if (value !== (name === 'service' ? ALL : 'pull')) next.set(name, value);
    setParams(next);
  };
  useEffect(() => {
    if (cell !== null)
      document.querySelector(`[data-hour="${CSS.escape(cell)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [cell]);
  const hours = answer.data?.hours;
  const days = useMemo(() => calendarDays(hours ?? []), [hours]);
  if (answer.isError) {
    return (
      <ErrorState
        doing="cannot show the coverage"
        error={answer.error}
        onRetry={() => void answer.refetch()}
      />
    );
  }
  const coverage = answer.data;
  if (coverage === undefined) return <SkeletonRows rows={14} label="Reading the coverage" />;
  const services = [...new Set([...coverage.services, ...params.getAll('service')])].sort();
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <Select
          label="Service"
          className="w-auto! max-w-72"
          value={params.get('service') ?? ALL}
          onChange={(value) => set('service', value)}
          options={[
            {
              value: ALL,
              label: `All services (${formatCount(coverage.services.length)}), the worst of them`,
            },
            ...services.map((service) => ({ value: service, label: service })),
          ]}
        />
        <Select
          label="How it came"
          className="w-auto!"
          value={SOURCES.find((source) => source === params.get('source')) ?? 'pull'}
          onChange={(value) => set('source', value)}
          options={SOURCES.map((source) => ({ value: source, label: sentenceCase(SOURCE_WORDS[source]) }))}
        />
        {coverage.readTo === null || coverage.completeTo === null ? null : (
          <p className="text-sm text-muted">
            Read to <Time at={coverage.readTo} precision="minute" />, complete or explained to{' '}
            <Time at={coverage.completeTo} precision="minute" />
          </p>
        )}
      </div>
      {coverage.hours.length === 0 ? (
        <EmptyState title="No hour of this period has been looked at">
          An hour appears here with the first reading that asks for it. Connect an organisation in Settings,
          or start a collection under Collection runs.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-8 xl:flex-row">
          <div className="min-w-0">
            {coverage.hours.length > DAYS_DRAWN * 24 ? (
              <PartialNote>
                The newest {DAYS_DRAWN} days are drawn; choose an earlier period for the rest. The counts are
                of all.
              </PartialNote>
            ) : null}
            <Calendar days={days} openHour={cell} onOpen={(hour) => setParams(withCell(params, hour))} />
          </div>
          <Legend coverage={coverage} />
        </div>
      )}
      <ReadingsSheet
        hour={cell}
        cell={coverage.hours.find((hour) => hour.hour === cell)}
        onClose={() => setParams(withCell(params, null), 'replace')}
      />
    </>
  );
}

function Legend({ coverage }: { readonly coverage: CoverageDto }) {
  const bases = basisCounts(coverage.hours);
  return (
    <aside aria-label="Totals" className="max-w-100 shrink-0">
      <dl className="grid grid-cols-[auto_1fr_auto] items-start gap-x-3 gap-y-2">
        {STATES_BY_TROUBLE.map((state) => (
          <div key={state} className="contents">
            <dt className="pt-1">
              <CoverageCell state={state} size={14} />
            </dt>
            <dd>
              <span className="font-medium">{COVERAGE_WORDS[state]}</span>
              <span className="block text-sm text-muted">{COVERAGE_MEANINGS[state]}</span>
            </dd>
            <dd className="text-right">{formatCount(coverage.totals[state])} h</dd>
          </div>
        ))}
      </dl>
      <h2 className="rule-heading mt-5 mb-2">What complete rests on</h2>
      <ul className="text-sm">
        <li>
          {countOf(bases.two_paths, 'hour')}: {BASIS_WORDS.two_paths}
        </li>
        <li>
          {countOf(bases.two_readings, 'hour')}: {BASIS_WORDS.two_readings}
        </li>
        <li>
          {countOf(bases.one_reading, 'hour')}: {BASIS_WORDS.one_reading}
        </li>
      </ul>
      <p className="mt-2 text-sm text-muted">
        The platform's audit interface offers no count of its own, so complete means reconciled in one of
        these ways.
      </p>
    </aside>
  );
}
