'use client';

import { X } from 'lucide-react';
import { OutcomeMark } from '@/components/tally/outcome-mark';
import { Button } from '@/components/ui/button';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { Definition } from '@/components/ui/data/definition';
import { Time } from '@/components/ui/data/time';
import { Sheet } from '@/components/ui/overlay/sheet';
import { EmptyState } from '@/components/ui/state/empty-state';
import type { JournalEntryDto } from '@/lib/journal/contract';
import { ACTOR_WORDS, detailRows, journalSentence } from './journal-words';

type JournalSheetProps = {
  readonly entry: JournalEntryDto | undefined;
  readonly open: boolean;
  readonly onClose: () => void;
};

/** One entry of the journal with all of its detail. */
export function JournalSheet({ entry, open, onClose }: JournalSheetProps) {
  return (
    <Sheet open={open} onClose={onClose} title="Journal entry">
      <div className="p-5 pb-16">
        <div className="mb-3 flex items-start justify-between gap-3">
          <h2 dir="auto" className="font-serif text-xl">
            {entry === undefined ? 'Journal entry' : journalSentence(entry)}
          </h2>
          <Button look="quiet" size="icon" onClick={onClose} aria-label="Close (Esc)">
            <X aria-hidden size={16} />
          </Button>
        </div>
        {entry === undefined ? (
          <EmptyState title="This entry is not on this page of the journal">
            Take out filters or go to the page that holds it.
          </EmptyState>
        ) : (
          <>
            <Definition rows={entryRows(entry)} />
            <h2 className="rule-heading mt-5 mb-2">Detail</h2>
            {Object.keys(entry.detail).length === 0 ? (
              <p className="text-muted">None was recorded.</p>
            ) : (
              <Definition
                rows={detailRows(entry.detail).map((row) => ({
                  term: row.term,
                  value: <span className="font-mono text-sm whitespace-pre-wrap">{row.value}</span>,
                }))}
              />
            )}
          </>
        )}
      </div>
    </Sheet>
  );
}

function entryRows(entry: JournalEntryDto) {
  return [
    { term: 'When', value: <Time at={entry.at} /> },
    { term: 'Recorded', value: <Time at={entry.receivedAt} /> },
    {
      term: 'Who',
      value: (
        <>
          <bdi>{entry.actor.name}</bdi>{' '}
          <span className="text-muted">{ACTOR_WORDS[entry.actor.kind].toLowerCase()}</span>{' '}
          {entry.actor.id === null ? null : <CopyableId id={entry.actor.id} label="actor id" />}
        </>
      ),
    },
    { term: 'From', value: <span className="font-mono text-sm">{entry.actor.ip ?? 'not given'}</span> },
    { term: 'Action', value: <span className="font-mono text-sm">{entry.action}</span> },
    {
      term: 'Object',
      value: (
        <span className="font-mono text-sm">
          {entry.object.type} {entry.object.id}
        </span>
      ),
    },
    ...(entry.actor.requestId === null
      ? []
      : [{ term: 'Request', value: <CopyableId id={entry.actor.requestId} label="request id" full /> }]),
    { term: 'Entry', value: <CopyableId id={entry.id} label="journal id" full /> },
    { term: 'Ledger', value: <OutcomeMark outcome="not_evaluated" word="Not sealed" /> },
    { term: 'Leaf hash', value: <CopyableId id={entry.ledger.leafHash} label="leaf hash" full /> },
  ];
}
