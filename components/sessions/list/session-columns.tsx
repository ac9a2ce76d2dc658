import { Layers2 } from 'lucide-react';
import { RiskBars } from '@/components/tally/risk-bars';
import { ACTOR_KIND_WORDS } from '@/components/tally/words';
import { Badge } from '@/components/ui/badge';
import { CopyableId } from '@/components/ui/data/copyable-id';
import type { Column } from '@/components/ui/data/data-table';
import { countOf, formatCount } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { ShallowLink } from '@/components/url/shallow-link';
import type { SessionDto } from '@/lib/sessions/contract';
import { LinkageSplit } from '../parts/linkage-split';
import { PartsBar } from '../parts/parts-bar';
import { apartFromSentence, ownerName, SESSION_KIND_WORDS, SESSION_RULE_WORDS, spanOf } from '../words';

type SessionColumnsOptions = {
  readonly hrefOf: (session: SessionDto) => string;
  /** Address of the children of a session. */
  readonly childrenOf: (session: SessionDto) => string;
  readonly sort: 'newest' | 'largest';
  readonly onSort: (sort: 'newest' | 'largest') => void;
};

/** What belongs together, how much, whose, when, made of what, and how it was authorised. */
export function sessionColumns({
  hrefOf,
  childrenOf,
  sort,
  onSort,
}: SessionColumnsOptions): readonly Column<SessionDto>[] {
  return [
    {
      id: 'what',
      header: 'What happened',
      className: 'w-1/3 min-w-72',
      cell: (session) => (
        <>
          <WhatTogether session={session} href={hrefOf(session)} />
          <Worst session={session} />
          <CopyableId id={session.id} label="session id" />
        </>
      ),
    },
    {
      id: 'changes',
      header: 'Changes',
      align: 'right',
      cell: (session) => (
        <ShallowChildren href={childrenOf(session)} count={session.changes} nested={session.nested} />
      ),
      sort: { direction: sort === 'largest' ? 'descending' : null, onSort: () => onSort('largest') },
    },
    {
      id: 'owner',
      header: 'Whose',
      className: 'min-w-36',
      cell: (session) => (
        <>
          <bdi>{ownerName(session)}</bdi>
          <span className="block text-xs text-muted">
            {session.client === null
              ? ACTOR_KIND_WORDS[session.owner.kind]
              : `via client ${session.client.name ?? session.client.id}`}
          </span>
        </>
      ),
    },
    {
      id: 'when',
      header: 'When',
      cell: (session) => (
        <>
          <Time at={session.firstAt} />
          <span className="block text-xs text-muted">{spanOf(session)}</span>
        </>
      ),
      sort: { direction: sort === 'newest' ? 'descending' : null, onSort: () => onSort('newest') },
    },
    {
      id: 'parts',
      header: 'Made of',
      className: 'min-w-56',
      cell: (session) => <PartsBar session={session} />,
    },
    {
      id: 'linkage',
      header: 'Authorisation',
      className: 'min-w-32',
      cell: (session) => <LinkageSplit linkage={session.linkage} />,
    },
    { id: 'risk', header: 'Riskiest', cell: (session) => <RiskBars risk={session.risk} /> },
  ];
}

/** The same in two lines. */
export function narrowSession(session: SessionDto, href: string) {
  return {
    first: (
      <>
        <WhatTogether session={session} href={href} />
        <Worst session={session} />
      </>
    ),
    second: (
      <>
        <span>{countOf(session.changes, 'change')}</span>
        <Time at={session.firstAt} precision="minute" />
        <RiskBars risk={session.risk} />
      </>
    ),
  };
}

function WhatTogether({ session, href }: { readonly session: SessionDto; readonly href: string }) {
  return (
    <span className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
      <ShallowLink
        href={href}
        dir="auto"
        className="inline-block min-h-6 text-ink hover:text-accent hover:underline"
      >
        {session.sentence}
      </ShallowLink>
      <span title={SESSION_RULE_WORDS[session.rule]}>
        <Badge>
          {SESSION_KIND_WORDS[session.kind]}: {SESSION_RULE_WORDS[session.rule]}
        </Badge>
      </span>
    </span>
  );
}

/** The riskiest child is lifted out of the many, so that it is not buried among them. */
function Worst({ session }: { readonly session: SessionDto }) {
  const apart = apartFromSentence(session);
  const worst = apart[0];
  if (worst === undefined) return null;
  const more = session.surfaced.count - session.surfaced.first.length + apart.length - 1;
  return (
    <span className="my-1 flex flex-wrap items-baseline gap-x-2 border-l-2 border-outside pl-2 text-sm">
      <RiskBars risk={worst.risk} />
      <span dir="auto">{worst.sentence}</span>
      {more > 0 ? <span className="text-muted">and {formatCount(more)} more of high risk</span> : null}
    </span>
  );
}

function ShallowChildren({
  href,
  count,
  nested,
}: {
  readonly href: string;
  readonly count: number;
  readonly nested: number;
}) {
  return (
    <>
      <a href={href} className="door" onClick={(event) => event.stopPropagation()}>
        {formatCount(count)}
      </a>
      {nested === 0 ? null : (
        <span className="flex items-center justify-end gap-1 text-xs whitespace-nowrap text-muted">
          <Layers2 aria-hidden size={11} />
          {countOf(nested, 'cascade')} inside
        </span>
      )}
    </>
  );
}
