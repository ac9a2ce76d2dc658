'use client';

import { apiPath } from '@/components/api/api-key';
import { useApi } from '@/components/api/use-api';
import { useCommand } from '@/components/api/use-command';
import { useMay } from '@/components/frame/use-me';
import { useOrganizationName } from '@/components/frame/use-organizations';
import { OutcomeMark } from '@/components/tally/outcome-mark';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { CodeBlock } from '@/components/ui/data/code-block';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { countOf, formatCount, plural, sentenceCase, wordsOf } from '@/components/ui/data/format';
import { Pagination } from '@/components/ui/data/pagination';
import { Time } from '@/components/ui/data/time';
import { useNotice } from '@/components/ui/overlay/notices';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { addressOf, useScope } from '@/components/url/use-scope';
import type { QuarantineDto } from '@/lib/changes/contract/collection';
import type { Page } from '@/lib/kernel/paging';

const STATES = ['open', 'still_unreadable', 'replayed'] as const;
const STATE_WORDS = { open: 'Open', still_unreadable: 'Still unreadable', replayed: 'Replayed' } as const;

/** Records that could not be read: nothing is lost, each says why, and can be read again. */
export function QuarantineView() {
  const scope = useScope();
  const { params, pathname, setParams } = scope;
  const state = STATES.find((one) => one === params.get('state'));
  const cursor = params.get('cursor');
  const answer = useApi<Page<QuarantineDto>>(
    apiPath('/api/v1/quarantine', { org: scope.orgs, state, cursor, limit: 50 }),
    { live: true, keep: true },
  );
  const withParam = (name: string, value: string | null) => {
    const next = new URLSearchParams(params);
    next.delete('cursor');
    next.delete(name);
    if (value !== null) next.set(name, value);
    return next;
  };
  return (
    <>
      <div className="mb-3 flex flex-wrap gap-1.5">
        {STATES.map((one) => (
          <Chip
            key={one}
            pressed={state === one}
            onPress={() => setParams(withParam('state', state === one ? null : one))}
          >
            {STATE_WORDS[one]}
          </Chip>
        ))}
      </div>
      {answer.isError ? (
        <ErrorState
          doing="cannot show the quarantine"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      ) : answer.data === undefined ? (
        <SkeletonRows label="Reading the quarantine" />
      ) : answer.data.items.length === 0 ? (
        <EmptyState
          title={
            state === undefined
              ? 'Nothing is in quarantine'
              : `No record is ${STATE_WORDS[state].toLowerCase()}`
          }
        >
          Every record that was received could be read. One that cannot is kept here with its bytes and its
          reason.
        </EmptyState>
      ) : (
        <>
          <ul className="divide-y border-y">
            {answer.data.items.map((record) => (
              <QuarantinedRecord key={record.id} record={record} />
            ))}
          </ul>
          <Pagination
            shown={answer.data.items.length}
            unit={plural(answer.data.items.length, 'record')}
            nextHref={
              answer.data.nextCursor === null
                ? null
                : addressOf(pathname, withParam('cursor', answer.data.nextCursor))
            }
            firstHref={cursor === null ? null : addressOf(pathname, withParam('cursor', null))}
          />
        </>
      )}
    </>
  );
}

function QuarantinedRecord({ record }: { readonly record: QuarantineDto }) {
  const may = useMay('quarantine.replay');
  const say = useNotice();
  const nameOf = useOrganizationName();
  const replay = useCommand<QuarantineDto, unknown>(
    (one) => ({ method: 'POST', path: `/api/v1/quarantine/${encodeURIComponent(one.id)}/replay`, body: {} }),
    { onDone: () => say('Replayed; its outcome stands in its history') },
  );
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <StateMark state={record.state} />
        <span className="font-medium">{sentenceCase(wordsOf(record.reason))}</span>
        <Time at={record.receivedAt} />
        <span className="text-sm text-muted">{nameOf(record.orgId)}</span>
        {may && record.state !== 'replayed' ? (
          <Button
            size="small"
            className="ml-auto"
            busy={replay.isPending}
            onClick={() => replay.mutate(record)}
          >
            {replay.isPending ? 'Replaying' : 'Replay'}
          </Button>
        ) : null}
      </div>
      <p className="mt-1">{record.message}</p>
      {replay.isError ? <ErrorState doing="cannot replay the record" error={replay.error} /> : null}
      <div className="mt-2">
        <CodeBlock label="Excerpt of the record" text={record.excerpt} mostLines={8} />
      </div>
      <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-muted">
        <CopyableId id={record.id} label="quarantine id" />
        <span>
          page <CopyableId id={record.pageId} label="page id" />, bytes {formatCount(record.offset)} to{' '}
          {formatCount(record.offset + record.length)}
        </span>
        <span>
          sha256 <CopyableId id={record.sha256} label="SHA-256 of the bytes" keep={8} />
        </span>
      </p>
      {record.replays.length === 0 ? null : (
        <details className="mt-1">
          <summary className="min-h-6 text-sm text-muted hover:text-ink">
            {countOf(record.replays.length, 'replay')}
          </summary>
          <ol className="text-sm">
            {record.replays.map((one) => (
              <li key={one.at} className="flex flex-wrap gap-x-3">
                <Time at={one.at} />
                <span>{sentenceCase(wordsOf(one.outcome))}</span>
                {one.message === null ? null : <span className="text-muted">{one.message}</span>}
              </li>
            ))}
          </ol>
        </details>
      )}
    </li>
  );
}

function StateMark({ state }: { readonly state: QuarantineDto['state'] }) {
  if (state === 'replayed') return <OutcomeMark outcome="pass" word={STATE_WORDS.replayed} />;
  if (state === 'open') return <OutcomeMark outcome="not_evaluated" word={STATE_WORDS.open} />;
  return <OutcomeMark outcome="fail" word={STATE_WORDS.still_unreadable} />;
}
