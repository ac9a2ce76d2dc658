'use client';

import { useState } from 'react';
import { useApi } from '@/components/api/use-api';
import { useMay } from '@/components/frame/use-me';
import { useOrganizationName, useOrganizations } from '@/components/frame/use-organizations';
import { Button } from '@/components/ui/button';
import { countOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { Panel } from '@/components/ui/layout/panel';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { PartialNote } from '@/components/ui/state/partial-note';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { WindowsDto } from '@/lib/directory/contract/windows';
import { WINDOWS_PATH } from '../settings-paths';
import { CalendarPicture } from './calendar-picture';
import { WindowDialog } from './window-dialog';
import { WindowItem } from './window-item';

/** When changes may be made, when none may: the calendar, what is in it, and how it is changed. */
export function WindowsPage() {
  const { orgs } = useScope();
  const may = useMay('windows.manage');
  const nameOf = useOrganizationName();
  const known = useOrganizations().data?.items ?? [];
  const [adding, setAdding] = useState<string | null>(null);
  const answer = useApi<WindowsDto>(WINDOWS_PATH);
  if (answer.isError) {
    return (
      <ErrorState
        doing="cannot show the change windows"
        error={answer.error}
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <SkeletonRows rows={8} label="Reading the change windows" />;
  const shown = (orgId: string) => orgs.length === 0 || orgs.includes(orgId);
  const items = answer.data.items.filter((one) => shown(one.orgId));
  const inForce = items.filter((one) => !one.withdrawn);
  const withdrawn = items.filter((one) => one.withdrawn);
  const failing = answer.data.readings.filter((one) => shown(one.orgId) && one.failedSince !== null);
  const orgIds = known.map((one) => one.id).filter(shown);
  return (
    <>
      <p className="mb-4 max-w-180 text-muted">
        A change is held against the windows and freezes that stood in the calendar when it was made. The
        start belongs to a window, the end does not. What is typed in holds from that moment on.
      </p>
      {failing.map((one) => (
        <PartialNote key={`${one.orgId} ${one.source}`}>
          {one.source === 'servicenow' ? 'ServiceNow' : 'The policy'} has not answered since{' '}
          <Time at={one.failedSince ?? ''} precision="minute" />: {one.because}. What it said before stands.
        </PartialNote>
      ))}
      <div className="flex flex-col gap-8">
        <CalendarPicture />
        <Panel
          title="In force"
          aside={
            <span className="flex flex-wrap items-center gap-3">
              {countOf(inForce.filter((one) => one.kind === 'window').length, 'window')},{' '}
              {countOf(inForce.filter((one) => one.kind === 'freeze').length, 'freeze')}
              {may
                ? orgIds.map((orgId) => (
                    <Button key={orgId} size="small" look="primary" onClick={() => setAdding(orgId)}>
                      {orgIds.length === 1 ? 'Add' : `Add for ${nameOf(orgId)}`}
                    </Button>
                  ))
                : null}
            </span>
          }
        >
          {inForce.length === 0 ? (
            <EmptyState title="No change window is known">
              Without a calendar nothing is said to lie outside of it. Windows come from the policy, from
              maintenance and blackout schedules of ServiceNow, or are typed in here.
            </EmptyState>
          ) : (
            <ul className="divide-y border-y">
              {inForce.map((one) => (
                <WindowItem key={one.id} window={one} org={orgIds.length > 1 ? nameOf(one.orgId) : null} />
              ))}
            </ul>
          )}
        </Panel>
        {withdrawn.length === 0 ? null : (
          <Panel title="Withdrawn" aside={countOf(withdrawn.length, 'window')}>
            <ul className="divide-y border-y">
              {withdrawn.map((one) => (
                <WindowItem key={one.id} window={one} org={orgIds.length > 1 ? nameOf(one.orgId) : null} />
              ))}
            </ul>
          </Panel>
        )}
      </div>
      {adding === null ? null : <WindowDialog orgId={adding} onClose={() => setAdding(null)} />}
    </>
  );
}
