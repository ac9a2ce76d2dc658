'use client';

import { TriangleAlert } from 'lucide-react';
import { useApi } from '@/components/api/use-api';
import { Definition } from '@/components/ui/data/definition';
import { Time } from '@/components/ui/data/time';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { ChangeDetailDto } from '@/lib/changes/contract';
import type { ClosedLoopDto } from '@/lib/linking/contract/closed-loop';
import { changePath } from '../change-path';
import { Section } from '../section';
import { DiffPanel } from './diff-panel';
import { LoopSteps } from './loop-steps';
import { loopSentence } from './words';

type ClosedLoopSectionProps = { readonly change: ChangeDetailDto; readonly level: 'page' | 'sheet' };

/** CX as Code: from the reviewed commit to the record of its effect, with the diff beside what the platform recorded. */
export function ClosedLoopSection({ change, level }: ClosedLoopSectionProps) {
  const answer = useApi<ClosedLoopDto>(change.accountable ? `${changePath(change.id)}/closed-loop` : null);
  if (!change.accountable) return null;
  return (
    <Section title="Closed loop">
      {answer.isError ? (
        <ErrorState
          doing="cannot show the closed loop"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      ) : answer.data === undefined ? (
        <SkeletonRows rows={3} label="Reading the closed loop" />
      ) : (
        <Loop change={change} loop={answer.data} level={level} />
      )}
    </Section>
  );
}

function Loop({ change, loop, level }: ClosedLoopSectionProps & { readonly loop: ClosedLoopDto }) {
  if (!loop.concerns)
    return (
      <p className="text-muted">
        {loop.because}{' '}
        {loop.repositories.length === 0 ? 'No repository is configured; Settings, Sources connects one.' : ''}
      </p>
    );
  return (
    <div className="@container">
      {loop.bypass ? (
        <p className="mb-3 flex items-start gap-2 border-l-2 border-unlinked bg-bad-soft px-3 py-2">
          <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-unlinked" />
          <span>
            <strong className="font-medium text-unlinked">Bypass.</strong> {loop.because}
          </span>
        </p>
      ) : null}
      <p className="mb-3">{loopSentence(loop.steps)}</p>
      <LoopSteps steps={loop.steps} />
      <details className="mt-3">
        <summary className="min-h-6 text-sm text-muted hover:text-ink">What the loop rests on</summary>
        <div className="mt-1">
          <Definition rows={rowsOf(loop)} />
        </div>
      </details>
      {loop.commit === null || !loop.commit.diffKept ? (
        <p className="mt-3 text-sm text-muted">{noDiff(loop)}</p>
      ) : (
        <DiffPanel key={change.id} change={change} commit={loop.commit} startsOpen={level === 'page'} />
      )}
    </div>
  );
}

function noDiff({ commit, repositories }: ClosedLoopDto): string {
  if (commit !== null)
    return 'The commit’s diff is not kept yet; it is read with the next look at the repository.';
  return repositories.length === 0
    ? 'No diff: no repository is configured. Settings, Sources connects one.'
    : 'No diff: no commit of a configured repository stands behind this change.';
}

function rowsOf({ commit, declared, because, repositories }: ClosedLoopDto) {
  return [
    { term: 'Why it is looked at', value: because },
    ...(commit === null
      ? []
      : [
          {
            term: 'Commit',
            value: (
              <>
                <span className="font-mono wrap-anywhere">{commit.hash}</span> of {commit.repository}, by{' '}
                {commit.author}: <span dir="auto">{commit.subject}</span>
              </>
            ),
          },
          { term: 'Found by', value: commit.foundBy },
          {
            term: 'Its host asked',
            value:
              commit.hostHeardAt === null ? (
                <span className="text-muted">
                  {commit.hostSilent ?? 'no host answers for this repository'}
                </span>
              ) : (
                <>
                  <Time at={commit.hostHeardAt} />
                  {commit.hostSilent === null ? null : (
                    <span className="text-late"> · not re-checked since: {commit.hostSilent}</span>
                  )}
                </>
              ),
          },
        ]),
    {
      term: 'Declared at the time',
      value:
        declared === null ? (
          <span className="text-muted">by no configured repository</span>
        ) : (
          <>
            <span className="font-mono wrap-anywhere">{declared.label}</span> in{' '}
            <span className="font-mono wrap-anywhere">{declared.path}</span> of {declared.repository}, since{' '}
            <Time at={declared.since} />
          </>
        ),
    },
    {
      term: 'Repositories read',
      value:
        repositories.length === 0 ? (
          <span className="text-muted">none is configured</span>
        ) : (
          <ul>
            {repositories.map((one) => (
              <li key={one.name}>
                {one.name}
                {one.readAt === null ? (
                  ', never read'
                ) : (
                  <>
                    {' '}
                    up to <Time at={one.readAt} />
                  </>
                )}
                {one.notReadBecause === null ? null : (
                  <span className="text-late"> · {one.notReadBecause}</span>
                )}
              </li>
            ))}
          </ul>
        ),
    },
  ];
}
