'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/data/time';
import { useNotice } from '@/components/ui/overlay/notices';
import { ReasonDialog } from '@/components/ui/overlay/reason-dialog';
import type { RequestDto } from '@/lib/linking/contract/manual';
import { REQUEST_TONES, REQUEST_WORDS } from './request-words';

/** A question, where it stands, and the answer with how it came. */
export function RequestBody({ request, may }: { readonly request: RequestDto; readonly may: boolean }) {
  const say = useNotice();
  const [open, setOpen] = useState(false);
  const withdraw = useCommand<string, unknown>(
    (reason) => ({
      method: 'POST',
      path: `/api/v1/justifications/${encodeURIComponent(request.id)}/withdrawal`,
      body: { reason },
    }),
    {
      onDone: () => {
        say('Withdrawn: its link opens nothing any more');
        setOpen(false);
      },
    },
  );
  const waits = request.state === 'sent' || request.state === 'undeliverable';
  return (
    <div>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Badge tone={REQUEST_TONES[request.state]}>{REQUEST_WORDS[request.state]}</Badge>
        <span>
          <bdi>{request.askedBy}</bdi> asked <bdi>{request.toName ?? request.toAddress}</bdi>
        </span>
        <Time at={request.askedAt} className="text-muted" />
        {may && waits ? (
          <Button size="small" look="quiet" className="ml-auto" onClick={() => setOpen(true)}>
            Withdraw
          </Button>
        ) : null}
      </div>
      <p dir="auto" className="mt-1 whitespace-pre-wrap">
        {request.question}
      </p>
      {request.answer === null ? null : (
        <blockquote className="mt-2 border-l-2 border-line-strong pl-3">
          <p dir="auto" className="whitespace-pre-wrap">
            {request.answer.words}
          </p>
          {request.answer.reference === null ? null : (
            <p className="mt-1">
              Names <span className="font-mono">{request.answer.reference}</span>
            </p>
          )}
          <p className="mt-1 text-sm text-muted">
            <Time at={request.answer.at} /> · answered by signed link sent to {request.toAddress}, not signed
            in
          </p>
        </blockquote>
      )}
      <p className="mt-1 text-sm text-muted">{stands(request)}</p>
      {waits ? (
        <p className="text-sm text-muted">
          To be answered by <Time at={request.expiresAt} precision="minute" />
          {request.remindedAt === null ? null : (
            <>
              {' '}
              · reminded <Time at={request.remindedAt} precision="minute" />
            </>
          )}
        </p>
      ) : null}
      {open ? (
        <ReasonDialog
          title="Withdraw the question"
          description="Its link opens nothing any more. The question and its history stay."
          act="Withdraw it"
          look="danger"
          fewest={3}
          busy={withdraw.isPending}
          error={withdraw.error}
          onAct={(reason) => withdraw.mutate(reason)}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </div>
  );
}

function stands(request: RequestDto): string {
  const { state, delivery, ended } = request;
  if (state === 'undeliverable')
    return `The mail could not be delivered: ${delivery?.because ?? 'no reason is known'}`;
  if (state === 'withdrawn' && ended !== null) return `Withdrawn by ${ended.by}: ${ended.reason}`;
  if (state === 'expired') return 'Nobody answered in time.';
  if (state === 'sent' && delivery?.state !== 'delivered') return 'The mail is on its way.';
  return '';
}
