'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/data/time';
import { Panel } from '@/components/ui/layout/panel';
import type { ResponseDetailDto } from '@/lib/alerts/contract/responses';
import { DecisionForm } from './decision-form';

export type Decision = 'approve' | 'reject' | 'undo';

const WORDS = { approve: 'Approve', reject: 'Reject', undo: 'Undo' } as const satisfies Record<
  Decision,
  string
>;

/** The decisions of a response: those that are open to this person now, the others with the reason why not. */
export function DecisionPanel({ response }: { readonly response: ResponseDetailDto }) {
  const [chosen, setChosen] = useState<Decision | null>(null);
  const open = chosen !== null && response.may[chosen].allowed ? chosen : null;
  const shown = shownDecisions(response);
  return (
    <Panel title="Decision" className="mt-6">
      {response.decidedBy === null || response.decidedAt === null ? null : (
        <div className="mb-3">
          <p>
            <bdi className="font-medium">{response.decidedBy}</bdi> decided{' '}
            <Time at={response.decidedAt} className="text-muted" />
          </p>
          {response.decisionReason === null ? null : (
            <p dir="auto" className="border-l-2 pl-3 text-muted">
              {response.decisionReason}
            </p>
          )}
        </div>
      )}
      {open !== null ? (
        <DecisionForm key={open} response={response} decision={open} onClose={() => setChosen(null)} />
      ) : shown.length === 0 ? (
        <p className="text-muted">There is nothing to decide.</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {shown.map((decision, index) => {
            const { allowed, because } = response.may[decision];
            // One reason for all of them is said once.
            const before = shown[index - 1];
            const same = before !== undefined && response.may[before].because === because;
            return (
              <li key={decision}>
                <Button
                  look={decision === 'approve' && allowed ? 'primary' : 'plain'}
                  disabled={!allowed}
                  aria-describedby={because === null ? undefined : `why-${same ? before : decision}`}
                  className="w-full justify-center"
                  onClick={() => setChosen(decision)}
                >
                  {WORDS[decision]}
                </Button>
                {because === null || same ? null : (
                  <p id={`why-${decision}`} className="mt-1 text-sm text-muted">
                    {because}
                  </p>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}

/** While it waits: approve and reject, with the reason where one may not. Afterwards undo, where there is something to undo. */
function shownDecisions(response: ResponseDetailDto): readonly Decision[] {
  if (response.state === 'waiting') return ['approve', 'reject'];
  return response.state === 'done' || response.state === 'failed' ? ['undo'] : [];
}
