'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/use-api';
import { RunMark } from '@/components/collections/run-mark';
import { useMay } from '@/components/frame/use-me';
import { useOrganizationName, useOrganizations } from '@/components/frame/use-organizations';
import { countOf, formatCount } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { Panel } from '@/components/ui/layout/panel';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { CoverageDto } from '@/lib/changes/contract';
import type { CollectionRunDto, ObservationDto, QuarantineDto } from '@/lib/changes/contract/collection';
import type { Page } from '@/lib/kernel/paging';
import { DataAge } from './data-age';
import { coveragePath, observationsPath, quarantinePath, runsPath } from './paths';

/** Whether what should be read is being read: per organisation its last run, and what is missing, unreadable or new. */
export function CollectorHealth() {
  const scope = useScope();
  const nameOf = useOrganizationName();
  const organizations = useOrganizations().data?.items;
  const mayQuarantine = useMay('quarantine.read');
  const runs = useApi<Page<CollectionRunDto>>(runsPath(scope), { live: true, keep: true });
  const coverage = useApi<CoverageDto>(coveragePath(scope), { keep: true });
  const quarantine = useApi<Page<QuarantineDto>>(mayQuarantine ? quarantinePath(scope) : null, {
    keep: true,
  });
  const observations = useApi<Page<ObservationDto>>(mayQuarantine ? observationsPath(scope) : null, {
    keep: true,
  });

  const orgIds = (organizations ?? [])
    .map((org) => org.id)
    .filter((id) => scope.orgs.length === 0 || scope.orgs.includes(id));
  return (
    <Panel
      title="Collectors"
      aside={
        <Link className="door" href={scope.href('/coverage', { view: 'runs' })}>
          All runs
        </Link>
      }
    >
      {runs.isError ? (
        <ErrorState
          doing="cannot show the collectors"
          error={runs.error}
          onRetry={() => void runs.refetch()}
        />
      ) : runs.data === undefined || organizations === undefined ? (
        <SkeletonRows rows={3} label="Reading the collectors" />
      ) : orgIds.length === 0 ? (
        <EmptyState title="No organisation is connected">
          Connect a Genesys Cloud organisation in Settings; its audit log is then collected every few minutes.
        </EmptyState>
      ) : (
        <dl className="flex flex-col gap-2">
          {orgIds.map((orgId) => (
            <Row key={orgId} term={nameOf(orgId)}>
              <LastRun run={runs.data.items.find((run) => run.orgId === orgId)} />
            </Row>
          ))}
          <Row term="Data read to">
            <DataAge readTo={coverage.data?.readTo} />
          </Row>
          <Row term="Gaps">
            <Figure
              value={coverage.data === undefined ? undefined : coverage.data.totals.gap}
              unit="hour"
              href={scope.href('/coverage')}
              bad
            />
          </Row>
          {mayQuarantine ? (
            <Row term="Quarantine open">
              <Figure
                value={quarantine.data?.items.length}
                atLeast={quarantine.data?.nextCursor != null}
                unit="record"
                href={scope.href('/coverage', { view: 'quarantine' })}
                bad
              />
            </Row>
          ) : null}
          {mayQuarantine ? (
            <Row term="Observations">
              <Figure
                value={observations.data?.items.length}
                atLeast={observations.data?.nextCursor != null}
                unit="observation"
                href={scope.href('/coverage', { view: 'observations' })}
              />
            </Row>
          ) : null}
        </dl>
      )}
    </Panel>
  );
}

function Row({ term, children }: { readonly term: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 border-b pb-2 last:border-b-0">
      <dt className="text-muted">{term}</dt>
      <dd className="text-right">{children}</dd>
    </div>
  );
}

function LastRun({ run }: { readonly run: CollectionRunDto | undefined }) {
  if (run === undefined) return <span className="text-late">never collected</span>;
  return (
    <span className="inline-flex flex-wrap items-baseline justify-end gap-x-3">
      <RunMark run={run} />
      <span className="text-sm text-muted">{formatCount(run.newRecords)} new</span>
      <Time at={run.finishedAt ?? run.startedAt} precision="minute" />
    </span>
  );
}

type FigureProps = {
  readonly value: number | undefined;
  readonly unit: string;
  readonly href: string;
  readonly atLeast?: boolean;
  readonly bad?: boolean;
};

function Figure({ value, unit, href, atLeast = false, bad = false }: FigureProps) {
  if (value === undefined) return <span className="text-muted">not known</span>;
  return (
    <Link href={href} className={bad && value > 0 ? 'door text-unlinked' : 'door'}>
      {atLeast ? 'at least ' : ''}
      {countOf(value, unit)}
    </Link>
  );
}
