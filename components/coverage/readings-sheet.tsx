'use client';

import { X } from 'lucide-react';
import { useApi } from '@/components/api/use-api';
import { CoverageMark } from '@/components/tally/coverage-mark';
import { OutcomeMark } from '@/components/tally/outcome-mark';
import { COVERAGE_MEANINGS, SOURCE_WORDS } from '@/components/tally/words';
import { Button } from '@/components/ui/button';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { Definition } from '@/components/ui/data/definition';
import { countOf, formatCount, sentenceCase } from '@/components/ui/data/format';
import { formatInstant } from '@/components/ui/data/format-time';
import { Time } from '@/components/ui/data/time';
import { Sheet } from '@/components/ui/overlay/sheet';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { CoverageHourDto } from '@/lib/changes/contract';
import type { ReadingDto } from '@/lib/changes/contract/collection';
import type { Page } from '@/lib/kernel/paging';
import { BASIS_WORDS } from './calendar-days';
import { readingsPath } from './coverage-paths';

type ReadingsSheetProps = {
  readonly hour: string | null;
  readonly cell: CoverageHourDto | undefined;
  readonly onClose: () => void;
};

/** Every reading behind one hour, in the order they were made, with their counts and the chain of their digests. */
export function ReadingsSheet({ hour, cell, onClose }: ReadingsSheetProps) {
  return (
    <Sheet open={hour !== null} onClose={onClose} title="Readings of this hour">
      {hour === null ? null : (
        <div className="p-5 pb-16">
          <div className="flex items-start justify-between gap-3">
            <h2 className="font-serif text-xl">
              Hour from <span className="font-mono text-lg">{formatInstant(hour, 'UTC', 'minute')}</span>
            </h2>
            <Button look="quiet" size="icon" onClick={onClose} aria-label="Close (Esc)">
              <X aria-hidden size={16} />
            </Button>
          </div>
          {cell === undefined ? null : <CellSummary cell={cell} />}
          <Readings hour={hour} />
        </div>
      )}
    </Sheet>
  );
}

function CellSummary({ cell }: { readonly cell: CoverageHourDto }) {
  return (
    <div className="mt-2">
      <CoverageMark state={cell.state} />
      <p className="mt-1 text-muted">
        {sentenceCase(cell.because ?? COVERAGE_MEANINGS[cell.state])}
        {cell.basis === null ? '' : `. Basis: ${BASIS_WORDS[cell.basis]}`}. {countOf(cell.records, 'record')}{' '}
        over {countOf(cell.services, 'service')}
        {cell.quarantined === 0 ? '' : `, ${countOf(cell.quarantined, 'record')} quarantined`}.
      </p>
    </div>
  );
}

function Readings({ hour }: { readonly hour: string }) {
  const scope = useScope();
  const answer = useApi<Page<ReadingDto>>(readingsPath(scope, scope.params, hour));
  if (answer.isError) {
    return (
      <ErrorState
        doing="cannot show the readings"
        error={answer.error}
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <SkeletonRows rows={5} label="Reading the readings" />;
  if (answer.data.items.length === 0) {
    return (
      <EmptyState title="This hour has not been asked for">
        No query has touched it under these filters; the next collection or backfill that covers it will write
        its first reading, even when there is nothing to find.
      </EmptyState>
    );
  }
  // Most services say nothing in most hours; their readings count, but what was found comes first.
  const quiet = answer.data.items.filter(
    (reading) => reading.outcome === 'answered' && reading.returned === 0,
  );
  const others = answer.data.items.filter((reading) => !quiet.includes(reading));
  return (
    <div className="mt-4">
      <ReadingList readings={others} />
      {quiet.length === 0 ? null : (
        <details className="mt-3" open={others.length === 0}>
          <summary className="min-h-6 text-muted hover:text-ink">
            {countOf(quiet.length, 'reading')} answered with no record
          </summary>
          <ReadingList readings={quiet} />
        </details>
      )}
    </div>
  );
}

function ReadingList({ readings }: { readonly readings: readonly ReadingDto[] }) {
  return (
    <ol className="divide-y border-y empty:hidden">
      {readings.map((reading) => (
        <li key={reading.id} className="py-3">
          <div className="mb-1 flex flex-wrap items-baseline gap-x-3">
            <span className="font-medium">{reading.service}</span>
            <span className="text-muted">{sentenceCase(SOURCE_WORDS[reading.source])}</span>
            <ReadingOutcome reading={reading} />
          </div>
          <Definition rows={readingRows(reading)} />
        </li>
      ))}
    </ol>
  );
}

function ReadingOutcome({ reading }: { readonly reading: ReadingDto }) {
  if (reading.outcome === 'answered') return <OutcomeMark outcome="pass" word="Answered" />;
  if (reading.outcome === 'failed') return <OutcomeMark outcome="fail" word="Failed" />;
  return <OutcomeMark outcome="not_evaluated" word="No permission" />;
}

function readingRows(reading: ReadingDto) {
  return [
    {
      term: 'Asked',
      value: (
        <>
          <Time at={reading.askedFrom} /> to <Time at={reading.askedTo} />
        </>
      ),
    },
    {
      term: 'Done',
      value: (
        <>
          <Time at={reading.begunAt} /> to <Time at={reading.finishedAt} />
        </>
      ),
    },
    {
      term: 'Records',
      value: `${formatCount(reading.returned)} returned: ${formatCount(reading.new)} new, ${formatCount(reading.alreadyKnown)} already known, ${formatCount(reading.quarantined)} quarantined`,
    },
    ...(reading.because === null ? [] : [{ term: 'Because', value: reading.because }]),
    ...(reading.queryId === null
      ? []
      : [{ term: 'Query', value: <CopyableId id={reading.queryId} label="query id" full /> }]),
    {
      term: 'Digest of ids',
      value: <CopyableId id={reading.idsDigest} label="digest of the ids" keep={12} />,
    },
    {
      term: 'Chain',
      value: (
        <>
          {reading.previousDigest === null ? (
            <span className="text-muted">first of its chain</span>
          ) : (
            <CopyableId id={reading.previousDigest} label="digest before" keep={12} />
          )}{' '}
          to <CopyableId id={reading.digest} label="digest" keep={12} />
        </>
      ),
    },
  ];
}
