'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useApi } from '@/components/api/use-api';
import { useMe } from '@/components/frame/use-me';
import { RequestBody } from '@/components/justifications/request-body';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/state/error-state';
import { useScope } from '@/components/url/use-scope';
import type { ChangeDetailDto } from '@/lib/changes/contract';
import type { ChangeDecisionsDto, RequestDto } from '@/lib/linking/contract/manual';
import { Section } from '../section';
import { AskDialog } from './ask-dialog';
import { AttachDialog } from './attach-dialog';
import { DecisionItem } from './decision-item';
import { kindOf } from './draft';
import { decisionsPath } from './paths';

/** What people did and can do about the links of a change: attach, ask why, take back; and what they decided, struck claims too. */
export function ManualPanel({ change }: { readonly change: ChangeDetailDto }) {
  const { href } = useScope();
  const me = useMe().data;
  const answer = useApi<ChangeDecisionsDto>(decisionsPath(change.id), { live: true });
  const [attaching, setAttaching] = useState<RequestDto | 'new' | null>(null);
  const [asking, setAsking] = useState(false);
  if (answer.isError)
    return (
      <Section title="Decided by people">
        <ErrorState
          doing="cannot show what people decided"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      </Section>
    );
  const seen = answer.data;
  // Nothing is asked of what needs no authorisation.
  if (seen === undefined || (!change.accountable && seen.excuse === null)) return null;
  const { mayDecide, decisions, requests, excuse } = seen;
  const mayAct = me?.permissions.includes('links.decide') === true;
  return (
    <Section title="Decided by people">
      {excuse === null ? null : (
        <p className="mb-2">
          No authorisation needed by the rule{' '}
          <Link className="door" href={href('/settings/excuses')}>
            {excuse.title}
          </Link>
          : {excuse.reason} <span className="text-muted">Approved by {excuse.approvedBy}.</span>
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button disabled={!mayDecide.allowed} onClick={() => setAttaching('new')}>
          Attach
        </Button>
        {mayAct && change.accountable ? <Button onClick={() => setAsking(true)}>Ask why</Button> : null}
        {mayDecide.allowed ? null : <span className="text-sm text-muted">{mayDecide.because}</span>}
      </div>
      {decisions.length === 0 ? null : (
        <ul className="mt-2 divide-y border-y">
          {decisions.map((decision) => (
            <DecisionItem
              key={decision.id}
              changeId={change.id}
              decision={decision}
              may={mayDecide.allowed}
            />
          ))}
        </ul>
      )}
      {requests.length === 0 ? null : (
        <ul className="mt-2 divide-y border-y" aria-label="Questions to whoever made it">
          {requests.map((request) => (
            <li key={request.id} className="py-2">
              <RequestBody request={request} may={mayAct} />
              {request.answer !== null && mayDecide.allowed ? (
                <Button size="small" className="mt-2" onClick={() => setAttaching(request)}>
                  Attach from this answer
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {attaching === null ? null : (
        <AttachDialog
          changeId={change.id}
          {...(attaching === 'new' ? {} : { from: fromAnswer(attaching) })}
          onClose={() => setAttaching(null)}
        />
      )}
      {asking ? (
        <AskDialog
          about={{ changeIds: [change.id] }}
          what="this change"
          to={seen.askable}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Section>
  );
}

function fromAnswer(request: RequestDto) {
  const reference = request.answer?.reference ?? '';
  return {
    requestId: request.id,
    reason: 'The answer is kept with it; say what convinced you',
    draft: { reference, kind: kindOf(reference) ?? ('manual' as const) },
  };
}
