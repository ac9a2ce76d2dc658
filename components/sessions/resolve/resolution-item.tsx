'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { countOf, formatCount } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { useNotice } from '@/components/ui/overlay/notices';
import { ReasonDialog } from '@/components/ui/overlay/reason-dialog';
import { useScope } from '@/components/url/use-scope';
import type { ResolutionsDto } from '@/lib/linking/contract/resolutions';
import { undoPath } from './paths';

type ResolutionItemProps = { readonly item: ResolutionsDto['items'][number]; readonly may: boolean };

const STATES = {
  waiting: { word: 'Waits', tone: 'accent' },
  running: { word: 'Being carried out', tone: 'accent' },
  done: { word: 'Done', tone: 'good' },
  failed: { word: 'Failed', tone: 'bad' },
} as const;

/** How far one word for a session got, what it left out and why, and its undo. */
export function ResolutionItem({ item, may }: ResolutionItemProps) {
  const { href } = useScope();
  const say = useNotice();
  const [open, setOpen] = useState(false);
  const undo = useCommand<string, unknown>(
    (reason) => ({ method: 'POST', path: undoPath(item.id), body: { reason } }),
    {
      onDone: () => {
        say('Begun: what it attached is taken back');
        setOpen(false);
      },
    },
  );
  const state = STATES[item.state];
  const running = item.state === 'waiting' || item.state === 'running';
  return (
    <li className="py-2">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Badge tone={state.tone}>{state.word}</Badge>
        {item.undoOf === null ? (
          <span className="font-mono">{item.reference}</span>
        ) : (
          <span>Undo of an earlier word</span>
        )}
        <span role="status">
          {formatCount(item.done)} of {countOf(item.total, 'change')}
        </span>
        {item.undone ? <Badge>Undone</Badge> : null}
        {may && item.undoOf === null && !item.undone && !running && item.done > 0 ? (
          <Button size="small" look="quiet" className="ml-auto" onClick={() => setOpen(true)}>
            Undo
          </Button>
        ) : null}
      </div>
      <p dir="auto" className="mt-1 whitespace-pre-wrap">
        {item.reason}
      </p>
      <p className="mt-0.5 text-sm text-muted">
        <bdi>{item.askedBy}</bdi>, <Time at={item.askedAt} />
      </p>
      {item.message === null ? null : <p className="text-sm text-unlinked">{item.message}</p>}
      {item.leftOut.length === 0 ? null : (
        <details className="mt-1 text-sm">
          <summary className="min-h-6 text-muted hover:text-ink">
            {countOf(item.leftOut.length, 'change')} left out
          </summary>
          <ul className="mt-1">
            {item.leftOut.map((one) => (
              <li key={one.id}>
                <Link className="door" href={href(`/changes/${encodeURIComponent(one.id)}`)}>
                  {one.label}
                </Link>{' '}
                <span className="text-muted">{one.because}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {open ? (
        <ReasonDialog
          title="Undo the resolution"
          description="Every decision of it is taken back and each change is judged without it. What somebody took back before stays so."
          act="Undo it"
          look="danger"
          fewest={3}
          busy={undo.isPending}
          error={undo.error}
          onAct={(reason) => undo.mutate(reason)}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </li>
  );
}
