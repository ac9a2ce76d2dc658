'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { useMay, useMe } from '@/components/frame/use-me';
import { Button } from '@/components/ui/button';
import { useNotice } from '@/components/ui/overlay/notices';
import { ReasonDialog } from '@/components/ui/overlay/reason-dialog';
import type { AlertDetailDto, AlertState } from '@/lib/alerts/contract/alerts';
import { MuteDialog } from '../mutes/mute-dialog';
import { alertPath } from '../paths';

type Decision = 'acknowledge' | 'close' | 'reopen';

const LEGAL = {
  open: ['acknowledge', 'close'],
  acknowledged: ['close'],
  closed: ['reopen'],
  historic: ['close'],
  merged: [],
} as const satisfies Record<AlertState, readonly Decision[]>;

const DECISION_WORDS = {
  acknowledge: {
    act: 'Acknowledge',
    said: 'Acknowledged',
    description: 'You take it: nobody further is told by escalation. Findings stay as they are.',
  },
  close: {
    act: 'Close',
    said: 'Closed',
    description: 'Nothing more is to be done. A new finding about the same thing opens it again.',
  },
  reopen: { act: 'Open again', said: 'Opened again', description: 'It counts as not taken again.' },
} as const satisfies Record<Decision, { act: string; said: string; description: string }>;

/** What may be done with the alert now, and by whom. */
export function AlertActions({ alert }: { readonly alert: AlertDetailDto }) {
  const say = useNotice();
  const known = useMe().data !== undefined;
  const may = useMay('alerts.handle');
  const [asking, setAsking] = useState<Decision | 'mute' | null>(null);
  const decide = useCommand<{ decision: Decision; reason: string }, unknown>(
    (body) => ({ method: 'POST', path: `${alertPath(alert.id)}/decisions`, body }),
    {
      onDone: (_, { decision }) => {
        say(DECISION_WORDS[decision].said);
        setAsking(null);
      },
    },
  );
  const legal: readonly Decision[] = LEGAL[alert.state];
  if (!known) return null;
  if (!may) {
    return <p className="mt-4 text-sm text-muted">Your role sees alerts and does not handle them.</p>;
  }
  const close = () => {
    decide.reset();
    setAsking(null);
  };
  return (
    <div className="mt-4 flex flex-wrap items-center gap-2">
      {legal.map((decision, index) => (
        <Button
          key={decision}
          look={index === 0 && decision === 'acknowledge' ? 'primary' : 'plain'}
          onClick={() => setAsking(decision)}
        >
          {DECISION_WORDS[decision].act}
        </Button>
      ))}
      <Button
        look="quiet"
        disabled={alert.unmutable}
        onClick={() => setAsking('mute')}
        title={
          alert.unmutable
            ? 'It tells that something is not seen any more; such alerts are always sent'
            : undefined
        }
      >
        Mute
      </Button>
      {alert.unmutable ? (
        <span className="text-sm text-muted">It cannot be muted: it tells that something is not seen.</span>
      ) : null}
      {asking === null || asking === 'mute' ? null : (
        <ReasonDialog
          title={`${DECISION_WORDS[asking].act}: ${alert.title}`}
          description={DECISION_WORDS[asking].description}
          act={DECISION_WORDS[asking].act}
          fewest={3}
          busy={decide.isPending}
          error={decide.error}
          onAct={(reason) => decide.mutate({ decision: asking, reason })}
          onClose={close}
        />
      )}
      {asking === 'mute' ? <MuteDialog alert={alert} onClose={close} /> : null}
    </div>
  );
}
