'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/use-api';
import { Badge } from '@/components/ui/badge';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { Definition } from '@/components/ui/data/definition';
import { countOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { Panel } from '@/components/ui/layout/panel';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { WindowHistoryDto, WindowVersionDto } from '@/lib/directory/contract/windows';
import { windowPath } from '../settings-paths';
import { WindowActs } from './window-acts';
import { SOURCE_WORDS, scopeWords } from './window-item';

/** One window: what it says, when it is open next, and every version there was of it. */
export function WindowView({ id }: { readonly id: string }) {
  const { href } = useScope();
  const answer = useApi<WindowHistoryDto>(windowPath(id));
  if (answer.isError) {
    return (
      <ErrorState
        doing="cannot show this change window"
        error={answer.error}
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <SkeletonRows rows={8} label="Reading the change window" />;
  const { window, history } = answer.data;
  return (
    <div className="flex flex-col gap-8">
      <div>
        <Link href={href('/settings/change-windows')} className="door text-sm">
          All change windows
        </Link>
        <div className="mt-2 flex flex-wrap items-center gap-3">
          <h2 className="font-serif text-xl" dir="auto">
            {window.name}
          </h2>
          <Badge tone={window.kind === 'freeze' ? 'warn' : 'plain'}>
            {window.kind === 'freeze' ? 'Freeze' : 'Window'}
          </Badge>
          {window.openNow ? <Badge tone="accent">Open now</Badge> : null}
          {window.withdrawn ? <Badge>Withdrawn</Badge> : null}
          <span className="ml-auto">
            <WindowActs window={window} />
          </span>
        </div>
      </div>
      <Definition rows={rowsOf(window, window.readOnly)} />
      <Panel title="Open next">
        {window.next.length === 0 ? (
          <p className="text-muted">{window.withdrawn ? 'It was withdrawn.' : 'It does not open again.'}</p>
        ) : (
          <ul>
            {window.next.map((one) => (
              <li key={one.from} className="py-1">
                <Time at={one.from} precision="minute" /> to <Time at={one.to} precision="minute" />
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title="Versions" aside={countOf(history.length, 'version')}>
        <ol className="divide-y border-y">
          {history.map((version) => (
            <li key={version.versionId} className="py-3">
              <p>
                {version.withdrawn ? 'Withdrawn' : version.when}
                {version.withdrawn ? null : (
                  <span className="text-muted"> · {scopeWords(version.scope)}</span>
                )}
              </p>
              <p className="mt-0.5" dir="auto">
                {version.reason}
              </p>
              <p className="mt-0.5 text-sm text-muted">
                <bdi>{version.decidedBy}</bdi>, <Time at={version.decidedAt} />
                {version.effectiveFrom === version.decidedAt ? null : (
                  <>
                    ; holds since <Time at={version.effectiveFrom} />
                  </>
                )}{' '}
                · <CopyableId id={version.versionId} label="version id" />
              </p>
            </li>
          ))}
        </ol>
      </Panel>
    </div>
  );
}

function rowsOf(version: WindowVersionDto, readOnly: boolean) {
  return [
    { term: 'When', value: version.when },
    { term: 'About', value: scopeWords(version.scope) },
    ...(version.scope.objects.length === 0
      ? []
      : [
          {
            term: 'Names',
            value: version.scope.objects.map((id) => <CopyableId key={id} id={id} label="object id" />),
          },
        ]),
    {
      term: 'Approved by',
      value: version.approver ?? (
        <span className="text-muted">nobody named: it authorises nothing by itself</span>
      ),
    },
    { term: 'Ticket', value: version.ticket ?? <span className="text-muted">none</span> },
    {
      term: 'Said',
      value: (
        <>
          {SOURCE_WORDS[version.source]}
          {readOnly ? '; it is changed there' : ''}
          {version.url !== null && /^https?:\/\//.test(version.url) ? (
            <>
              {' · '}
              <a href={version.url} target="_blank" rel="noreferrer noopener" className="door">
                open it there
              </a>
            </>
          ) : null}
        </>
      ),
    },
  ];
}
