'use client';

import { Layers } from 'lucide-react';
import Link from 'next/link';
import { sessionPagePath } from '@/components/sessions/paths';
import { RiskBars } from '@/components/tally/risk-bars';
import { TallyMark } from '@/components/tally/tally-mark';
import { ACTOR_KIND_WORDS, EXCLUSION_WORDS, PLANNING_WORDS, SOURCE_WORDS } from '@/components/tally/words';
import { Badge } from '@/components/ui/badge';
import { CopyableId } from '@/components/ui/data/copyable-id';
import type { Column } from '@/components/ui/data/data-table';
import { sentenceCase, wordsOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { ShallowLink } from '@/components/url/shallow-link';
import { useScope } from '@/components/url/use-scope';
import type { ChangeDto } from '@/lib/changes/contract';
import { COLUMN_WORDS, type ColumnId } from './columns';

type ChangeColumnsOptions = {
  readonly hrefOf: (change: ChangeDto) => string;
  readonly compact: boolean;
  readonly sort: 'newest' | 'oldest';
  readonly onSort: () => void;
};

/** The cells of one change under the columns chosen. */
export function changeColumns(ids: readonly ColumnId[], options: ChangeColumnsOptions): Column<ChangeDto>[] {
  return ids.map((id) => ({
    id,
    header: COLUMN_WORDS[id],
    cell: (change) => <Cell id={id} change={change} options={options} />,
    ...(id === 'what' ? { className: 'w-1/2 min-w-72' } : {}),
    ...(id === 'when'
      ? {
          sort: {
            direction: options.sort === 'newest' ? ('descending' as const) : ('ascending' as const),
            onSort: options.onSort,
          },
        }
      : {}),
  }));
}

function Cell({
  id,
  change,
  options,
}: {
  readonly id: ColumnId;
  readonly change: ChangeDto;
  readonly options: ChangeColumnsOptions;
}) {
  switch (id) {
    case 'what':
      return (
        <>
          <WhatHappened change={change} href={options.hrefOf(change)} />
          {options.compact ? null : (
            <div className="flex items-center gap-2">
              <CopyableId id={change.id} label="audit id" />
              {change.entity.id === null ? null : <CopyableId id={change.entity.id} label="object id" />}
            </div>
          )}
        </>
      );
    case 'when':
      return <Time at={change.eventDate} />;
    case 'linkage':
      return <TallyMark status={change.linkage.status} />;
    case 'planning':
      return <span className="whitespace-nowrap">{PLANNING_WORDS[change.planning]}</span>;
    case 'risk':
      return <RiskBars risk={change.risk.level} />;
    case 'who':
      return (
        <>
          <bdi>{change.actor.name ?? change.actor.id ?? 'not named'}</bdi>
          <span className="block text-xs text-muted">{ACTOR_KIND_WORDS[change.actor.kind]}</span>
        </>
      );
    case 'object':
      return (
        <>
          {change.service}
          <span className="block text-xs text-muted">{change.entityType}</span>
        </>
      );
    case 'action':
      return <span className="font-mono">{change.action}</span>;
    case 'from':
      return <span className="font-mono">{change.remoteIp.join(', ') || 'not given'}</span>;
    case 'received':
      return <Time at={change.receivedAt} />;
    case 'source':
      return sentenceCase(SOURCE_WORDS[change.source]);
    case 'reason':
      return <span className="text-muted">{reasonOf(change)}</span>;
  }
}

/** The first line of a change everywhere: the sentence as a link, with what marks it out. */
export function WhatHappened({ change, href }: { readonly change: ChangeDto; readonly href: string }) {
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <ShallowLink
        href={href}
        dir="auto"
        className="inline-block min-h-6 text-ink hover:text-accent hover:underline"
      >
        {change.sentence}
      </ShallowLink>
      {change.provisional ? <Badge>Provisional</Badge> : null}
      {change.sessionId === null ? null : <InSession id={change.sessionId} />}
      {change.excludedReason === null ? null : (
        <Badge>{sentenceCase(EXCLUSION_WORDS[change.excludedReason])}</Badge>
      )}
      {change.status !== null && change.status.toUpperCase() !== 'SUCCESS' ? (
        <Badge tone="warn">{sentenceCase(change.status.toLowerCase())}</Badge>
      ) : null}
    </span>
  );
}

/** A child of a session says so and leads there; it stays a row of its own. */
function InSession({ id }: { readonly id: string }) {
  const { href } = useScope();
  return (
    <Link
      href={href(sessionPagePath(id))}
      title="One change of a session; opens the session"
      onClick={(event) => event.stopPropagation()}
      className="inline-flex items-center gap-1 text-xs whitespace-nowrap text-muted hover:text-accent"
    >
      <Layers aria-hidden size={11} /> in a session
    </Link>
  );
}

function reasonOf(change: ChangeDto): string {
  const reason = change.linkage.links[0]?.reasons[0] ?? change.linkage.reason;
  return reason === null || reason === undefined ? '' : wordsOf(reason);
}
