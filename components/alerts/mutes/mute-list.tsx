'use client';

import { useState } from 'react';
import { useApi } from '@/components/api/use-api';
import { useCommand } from '@/components/api/use-command';
import { useMay } from '@/components/frame/use-me';
import { useOrganizationName } from '@/components/frame/use-organizations';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { countOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { Panel } from '@/components/ui/layout/panel';
import { Confirm } from '@/components/ui/overlay/confirm';
import { useNotice } from '@/components/ui/overlay/notices';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { MuteDto } from '@/lib/alerts/contract/alerts';
import { MUTES_PATH } from '../paths';
import { useDetectionTitle } from '../use-detections';

/** What is kept from being sent at present, until when and why; and what was before. */
export function MuteList() {
  const { orgs } = useScope();
  const answer = useApi<{ readonly items: readonly MuteDto[] }>(MUTES_PATH, { live: true });
  if (answer.isError) {
    return (
      <ErrorState doing="cannot show the mutes" error={answer.error} onRetry={() => void answer.refetch()} />
    );
  }
  if (answer.data === undefined) return <SkeletonRows label="Reading the mutes" />;
  const shown = answer.data.items.filter((mute) => orgs.length === 0 || orgs.includes(mute.orgId));
  const inForce = shown.filter((mute) => mute.state === 'in_force');
  const past = shown.filter((mute) => mute.state !== 'in_force');
  return (
    <div className="flex flex-col gap-8">
      <Panel title="In force" aside={countOf(inForce.length, 'mute')}>
        {inForce.length === 0 ? (
          <EmptyState title="Nothing is muted">
            A mute is set on an alert, with a reason and an end. Findings and alerts are kept all the same;
            only what would be sent is not.
          </EmptyState>
        ) : (
          <ul className="divide-y border-y">
            {inForce.map((mute) => (
              <MuteItem key={mute.id} mute={mute} />
            ))}
          </ul>
        )}
      </Panel>
      {past.length === 0 ? null : (
        <Panel title="Before" aside={countOf(past.length, 'mute')}>
          <ul className="divide-y border-y">
            {past.map((mute) => (
              <MuteItem key={mute.id} mute={mute} />
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}

function MuteItem({ mute }: { readonly mute: MuteDto }) {
  const titleOf = useDetectionTitle();
  const nameOf = useOrganizationName();
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="font-medium">{titleOf(mute.rule)}</span>
        {mute.subjectId === null ? null : (
          <span className="text-sm">
            only about <CopyableId id={mute.subjectId} label="subject id" />
          </span>
        )}
        {mute.actorId === null ? null : (
          <span className="text-sm">
            only by <CopyableId id={mute.actorId} label="actor id" />
          </span>
        )}
        {mute.subjectId === null && mute.actorId === null ? (
          <Badge tone={mute.state === 'in_force' ? 'warn' : 'plain'}>All of the rule</Badge>
        ) : null}
        {mute.state === 'lifted' ? <Badge>Lifted early</Badge> : null}
        <span className="text-sm text-muted">{nameOf(mute.orgId)}</span>
        {mute.state === 'in_force' ? (
          <span className="ml-auto">
            <LiftMute mute={mute} title={titleOf(mute.rule)} />
          </span>
        ) : null}
      </div>
      <p dir="auto" className="mt-0.5">
        {mute.reason}
      </p>
      <p className="mt-0.5 text-sm text-muted">
        <bdi>{mute.by}</bdi>, from <Time at={mute.since} precision="minute" /> until{' '}
        <Time at={mute.until} precision="minute" /> · {countOf(mute.held, 'alert')} not sent because of it
      </p>
    </li>
  );
}

function LiftMute({ mute, title }: { readonly mute: MuteDto; readonly title: string }) {
  const may = useMay('alerts.handle');
  const say = useNotice();
  const [asking, setAsking] = useState(false);
  const lift = useCommand<void, unknown>(
    () => ({ method: 'DELETE', path: `/api/v1/mutes/${encodeURIComponent(mute.id)}` }),
    {
      onDone: () => {
        setAsking(false);
        say('Lifted; what comes from now on is sent');
      },
    },
  );
  if (!may) return null;
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)} aria-label={`Lift the mute of ${title}`}>
        Lift
      </Button>
      <Confirm
        open={asking}
        title={`Lift the mute of ${title}`}
        act="Lift"
        busy={lift.isPending}
        error={lift.error}
        onConfirm={() => lift.mutate()}
        onClose={() => setAsking(false)}
      >
        What is found from now on is sent again. What was kept back meanwhile stays unsent; it stands under
        Deliveries.
      </Confirm>
    </>
  );
}
