'use client';

import { useState } from 'react';
import { useApi } from '@/components/api/use-api';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { countOf } from '@/components/ui/data/format';
import { keyed } from '@/components/ui/data/keyed';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { ChangeDetailDto } from '@/lib/changes/contract';
import type { ChangeDiffDto, ClosedLoopDto } from '@/lib/linking/contract/closed-loop';
import { changePath } from '../change-path';
import { DiffLines } from './diff-lines';
import { namingLines, parsePatch } from './parse-patch';

type DiffPanelProps = {
  readonly change: ChangeDetailDto;
  readonly commit: NonNullable<ClosedLoopDto['commit']>;
  readonly startsOpen: boolean;
};

/** The commit's diff beside the properties that the platform recorded. Asked for when it is opened. */
export function DiffPanel({ change, commit, startsOpen }: DiffPanelProps) {
  const [open, setOpen] = useState(startsOpen);
  return (
    <details className="mt-4" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="min-h-6 font-medium">
        Git diff of <span className="font-mono">{commit.hash.slice(0, 12)}</span>{' '}
        <span className="font-normal text-muted">beside what the platform recorded</span>
      </summary>
      {open ? <Diff change={change} /> : null}
    </details>
  );
}

function Diff({ change }: { readonly change: ChangeDetailDto }) {
  const answer = useApi<ChangeDiffDto>(`${changePath(change.id)}/diff`);
  const [split, setSplit] = useState(false);
  if (answer.isError)
    return (
      <ErrorState doing="cannot show the diff" error={answer.error} onRetry={() => void answer.refetch()} />
    );
  if (answer.data === undefined) return <SkeletonRows rows={6} label="Reading the diff" />;
  const { files, names, sha256, repository } = answer.data;
  const touching = files.filter((file) => file.touchesObject).length;
  return (
    <div className="mt-2">
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="text-sm text-muted">
          {countOf(files.length, 'file')} of {repository};{' '}
          {touching === 0
            ? 'none of them names this object'
            : `${touching} ${touching === 1 ? 'names' : 'name'} this object`}
          . Lines that name it have a blue edge.
        </p>
        <span className="ml-auto hidden gap-1 @2xl:flex">
          <Button
            size="small"
            look={split ? 'quiet' : 'plain'}
            aria-pressed={!split}
            onClick={() => setSplit(false)}
          >
            Unified
          </Button>
          <Button
            size="small"
            look={split ? 'plain' : 'quiet'}
            aria-pressed={split}
            onClick={() => setSplit(true)}
          >
            Split
          </Button>
        </span>
      </div>
      <div className="flex flex-col gap-4 @4xl:grid @4xl:grid-cols-[15rem_minmax(0,1fr)]">
        <Recorded change={change} />
        <ul aria-label="Files of the commit" className="flex min-w-0 flex-col gap-3">
          {files.map((file) => (
            <li key={file.path} className="min-w-0">
              <File file={file} names={names} split={split} />
            </li>
          ))}
        </ul>
      </div>
      <p className="mt-2 text-xs wrap-anywhere text-muted">
        Kept when the commit was first read; sha256 <span className="font-mono">{sha256}</span>
      </p>
    </div>
  );
}

function File({
  file,
  names,
  split,
}: {
  readonly file: ChangeDiffDto['files'][number];
  readonly names: readonly string[];
  readonly split: boolean;
}) {
  const parts = file.patch === null ? [] : parsePatch(file.patch, file.touchesObject ? names : []);
  const lines = namingLines(parts);
  return (
    <details open={file.touchesObject} className="rounded-md border">
      <summary className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 px-2 py-1 text-sm">
        <span className="font-mono wrap-anywhere">{file.path}</span>
        {file.touchesObject ? <Badge tone="accent">names this object</Badge> : null}
        {file.status === 'modified' ? null : <Badge>{file.status}</Badge>}
        <span className="ml-auto font-mono text-xs whitespace-nowrap">
          {file.added === null ? (
            'binary'
          ) : (
            <>
              <span className="text-linked">+{file.added}</span>{' '}
              <span className="text-unlinked">−{file.removed}</span>
            </>
          )}
        </span>
      </summary>
      {lines.length === 0 ? null : (
        <p className="border-t px-2 py-1 text-xs text-muted">
          {lines.length === 1 ? 'Line' : 'Lines'} {lines.slice(0, 12).join(', ')}
          {lines.length > 12 ? ' and more' : ''} {lines.length === 1 ? 'names' : 'name'} the object.
        </p>
      )}
      {parts.length === 0 ? null : (
        <div className="border-t">
          <DiffLines label={`Diff of ${file.path}`} parts={parts} split={split} />
        </div>
      )}
      {file.omitted === null ? null : (
        <p className="border-t bg-warn-soft px-2 py-1 text-sm text-late">{file.omitted}</p>
      )}
    </details>
  );
}

/** The record's properties in short: what the platform says became of what the diff asked for. */
function Recorded({ change }: { readonly change: ChangeDetailDto }) {
  return (
    <section aria-label="What the platform recorded" className="min-w-0">
      <h4 className="mb-1 text-xs font-medium text-muted">What the platform recorded</h4>
      {change.propertyChanges.length === 0 ? (
        <p className="text-sm text-muted">The record names no property.</p>
      ) : (
        <dl className="flex flex-col gap-2 border-l-2 pl-3 text-xs">
          {keyed(change.propertyChanges, (row) => row.property).map(({ key, item: row }) => (
            <div key={key}>
              <dt className="font-mono wrap-anywhere text-muted">{row.property}</dt>
              <dd className="font-mono wrap-anywhere">
                <span className="text-unlinked">− {row.oldValues.join(', ') || 'empty'}</span>
                <br />
                <span className="text-linked">+ {row.newValues.join(', ') || 'empty'}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
