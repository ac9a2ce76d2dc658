'use client';

import { useState } from 'react';
import { useApi } from '@/components/api/use-api';
import { AskDialog } from '@/components/change-detail/manual/ask-dialog';
import { Section } from '@/components/change-detail/section';
import { useMe } from '@/components/frame/use-me';
import { Button } from '@/components/ui/button';
import { countOf } from '@/components/ui/data/format';
import { ErrorState } from '@/components/ui/state/error-state';
import type { ResolutionsDto } from '@/lib/linking/contract/resolutions';
import type { SessionDetailDto } from '@/lib/sessions/contract';
import { resolutionsPath } from './paths';
import { ResolutionItem } from './resolution-item';
import { ResolveDialog } from './resolve-dialog';

const WHILE_RUNNING_MS = 1_500;
const AT_REST_MS = 12_000;

/** What of a session is not linked, one word for all of it, and what such words came to. */
export function ResolvePanel({ session }: { readonly session: SessionDetailDto }) {
  const me = useMe().data;
  const answer = useApi<ResolutionsDto>(resolutionsPath(session.id), {
    live: (last) => (last?.items.some(runs) === true ? WHILE_RUNNING_MS : AT_REST_MS),
  });
  const [resolving, setResolving] = useState(false);
  const [asking, setAsking] = useState(false);
  if (answer.isError)
    return (
      <Section title="Authorisation of the whole">
        <ErrorState
          doing="cannot show what was resolved"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      </Section>
    );
  const seen = answer.data;
  if (seen === undefined || (seen.unlinked === 0 && seen.items.length === 0)) return null;
  const may = me?.permissions.includes('links.decide') === true;
  return (
    <Section title="Authorisation of the whole">
      {seen.unlinked === 0 ? null : (
        <div className="flex flex-wrap items-center gap-2">
          <p>{countOf(seen.unlinked, 'accountable change')} not linked.</p>
          <Button disabled={!seen.mayResolve.allowed} onClick={() => setResolving(true)}>
            Resolve
          </Button>
          {may ? <Button onClick={() => setAsking(true)}>Ask why</Button> : null}
          {seen.mayResolve.allowed ? null : (
            <span className="text-sm text-muted">{seen.mayResolve.because}</span>
          )}
        </div>
      )}
      {seen.items.length === 0 ? null : (
        <ul className="mt-2 divide-y border-y">
          {seen.items.map((item) => (
            <ResolutionItem key={item.id} item={item} may={may} />
          ))}
        </ul>
      )}
      {resolving ? (
        <ResolveDialog sessionId={session.id} seen={seen} onClose={() => setResolving(false)} />
      ) : null}
      {asking ? (
        <AskDialog
          about={{ sessionId: session.id }}
          what="this session"
          to={seen.askable}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Section>
  );
}

function runs(item: ResolutionsDto['items'][number]): boolean {
  return item.state === 'waiting' || item.state === 'running';
}
