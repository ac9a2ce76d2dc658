'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/use-api';
import { useMay, useMe } from '@/components/frame/use-me';
import { moveTotalsPath } from '@/components/moves/paths';
import { classes } from '@/components/ui/classes';
import { Panel } from '@/components/ui/layout/panel';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { CoverageDto, FacetsDto } from '@/lib/changes/contract';
import type { CollectionRunDto, QuarantineDto } from '@/lib/changes/contract/collection';
import type { MoveSummaryDto } from '@/lib/divisions/contract';
import type { Page } from '@/lib/kernel/paging';
import { needsOf } from './needs';
import { coveragePath, highRiskFacetsPath, quarantinePath, runsPath } from './paths';
import { useAlertNeeds } from './use-alert-needs';

/** A short list of what waits for this role. Parts that could not be read are named, so that silence means nothing waits. */
export function NeedsYou() {
  const scope = useScope();
  const me = useMe();
  const mayQuarantine = useMay('quarantine.read');
  const runs = useApi<Page<CollectionRunDto>>(runsPath(scope), { keep: true });
  const coverage = useApi<CoverageDto>(coveragePath(scope), { keep: true });
  const quarantine = useApi<Page<QuarantineDto>>(mayQuarantine ? quarantinePath(scope) : null, {
    keep: true,
  });
  const highRisk = useApi<FacetsDto>(highRiskFacetsPath(scope), { keep: true });
  const moves = useApi<MoveSummaryDto>(useMay('moves.read') ? moveTotalsPath(scope) : null, { keep: true });
  const alerts = useAlertNeeds();
  const unread = [
    ...alerts.unread,
    runs.isError ? 'collections' : null,
    coverage.isError ? 'coverage' : null,
    quarantine.isError ? 'the quarantine' : null,
    highRisk.isError ? 'changes' : null,
    moves.isError ? 'division moves' : null,
  ].filter((name) => name !== null);
  const known = me.data !== undefined && runs.data !== undefined && coverage.data !== undefined;
  const waiting = needsOf({
    permissions: me.data?.permissions ?? [],
    runs: runs.data?.items,
    coverage: coverage.data,
    quarantine: quarantine.data?.items,
    highRisk: highRisk.data,
    moves: moves.data,
  });
  // Approvals have a clock; they come before everything else.
  const needs = [...alerts.needs, ...waiting];
  return (
    <Panel title="Needs you">
      {needs.length > 0 ? (
        <ul className="flex flex-col gap-3">
          {needs.map((need) => (
            <li
              key={need.id}
              className={classes('border-l-2 pl-3', need.tone === 'bad' ? 'border-unlinked' : 'border-late')}
            >
              <Link className="door font-medium" href={scope.href(need.path, need.query)}>
                {need.text}
              </Link>
              <p className="text-sm text-muted">{need.why}</p>
            </li>
          ))}
        </ul>
      ) : known || unread.length > 0 ? null : (
        <SkeletonRows rows={2} label="Reading what needs you" />
      )}
      {unread.length > 0 ? (
        <p className="text-sm text-late">Could not look at {unread.join(', ')}.</p>
      ) : known && needs.length === 0 ? (
        <p className="text-muted">Nothing waits for you.</p>
      ) : null}
    </Panel>
  );
}
