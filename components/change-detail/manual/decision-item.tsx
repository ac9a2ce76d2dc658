'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/data/time';
import { useNotice } from '@/components/ui/overlay/notices';
import { ReasonDialog } from '@/components/ui/overlay/reason-dialog';
import type { ChangeDecisionsDto, LinkDecisionInput } from '@/lib/linking/contract/manual';
import { decisionsPath } from './paths';

type DecisionItemProps = {
  readonly changeId: string;
  readonly decision: ChangeDecisionsDto['decisions'][number];
  readonly may: boolean;
};

/** One decision with its reason; a struck claim is struck through, one that was taken back says by whom. */
export function DecisionItem({ changeId, decision, may }: DecisionItemProps) {
  const say = useNotice();
  const [open, setOpen] = useState(false);
  const back = useCommand<string, unknown>(
    (reason) => ({
      method: 'POST',
      path: decisionsPath(changeId),
      body: { what: 'take_back', decisionId: decision.id, reason } satisfies LinkDecisionInput,
    }),
    {
      onDone: () => {
        say('Taken back, and the change was judged again');
        setOpen(false);
      },
    },
  );
  const { what, statement, takenBack } = decision;
  const struck = what === 'struck';
  const holds = takenBack === null;
  const title = statement?.title ?? decision.claim?.title ?? null;
  return (
    <li className="py-2">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Badge tone={!holds ? 'plain' : struck ? 'bad' : 'good'}>{struck ? 'Struck' : 'Attached'}</Badge>
        {struck && holds ? (
          <s className="font-mono text-muted">{decision.reference}</s>
        ) : (
          <span className="font-mono">{decision.reference}</span>
        )}
        {title === null ? null : (
          <span dir="auto" className={struck && holds ? 'text-muted line-through' : undefined}>
            {title}
          </span>
        )}
        {may && holds ? (
          <Button size="small" look="quiet" className="ml-auto" onClick={() => setOpen(true)}>
            Take back
          </Button>
        ) : null}
      </div>
      <p dir="auto" className="mt-1 whitespace-pre-wrap">
        {decision.reason}
      </p>
      <p className="mt-0.5 text-sm text-muted">
        <bdi>{decision.by}</bdi>, <Time at={decision.at} />
        {decision.sessionWord ? ' · with its whole session' : ''}
        {decision.requestId === null ? '' : ' · from an answer'}
        {statement === null ? null : (
          <>
            {' '}
            · approved <Time at={statement.approvedAt} /> by {statement.approver}
          </>
        )}
      </p>
      {takenBack === null ? null : (
        <p className="mt-0.5 text-sm text-late">
          Taken back by <bdi>{takenBack.by}</bdi>, <Time at={takenBack.at} />: {takenBack.reason}
        </p>
      )}
      {open ? (
        <ReasonDialog
          title="Take the decision back"
          description="It stays in the history with your reason; the change is judged without it."
          act="Take it back"
          fewest={3}
          busy={back.isPending}
          error={back.error}
          onAct={(reason) => back.mutate(reason)}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </li>
  );
}
