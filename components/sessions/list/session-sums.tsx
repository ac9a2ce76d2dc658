'use client';

import { formatCount } from '@/components/ui/data/format';
import { Skeleton } from '@/components/ui/state/skeleton';
import { setValues } from '@/components/url/list-params';
import { ShallowLink } from '@/components/url/shallow-link';
import { addressOf, useScope } from '@/components/url/use-scope';
import type { SessionSummaryDto } from '@/lib/sessions/contract';
import { clearSessionFilters, OPEN_SESSION, readSessionFilter } from '../session-filter';

/** How much of the period belongs together; the kinds are doors to their rows. */
export function SessionSums({ summary }: { readonly summary: SessionSummaryDto | undefined }) {
  const { params, pathname } = useScope();
  const { kind } = readSessionFilter(params).values;
  const only = (one: 'bulk' | 'cascade') =>
    addressOf(pathname, setValues(params, OPEN_SESSION, { kind: kind.includes(one) ? [] : [one] }));
  const all = addressOf(pathname, clearSessionFilters(params));
  return (
    <ul className="grid max-w-200 grid-cols-3 gap-x-4 gap-y-3 sm:grid-cols-5">
      <Sum word="sessions" count={summary?.sessions} href={all} current={false} />
      <Sum word="bulk tasks" count={summary?.bulkTasks} href={only('bulk')} current={kind.includes('bulk')} />
      <Sum
        word="cascades"
        count={summary?.cascades}
        href={only('cascade')}
        current={kind.includes('cascade')}
      />
      <Sum word="records in them" count={summary?.changesInSessions} />
      <Sum word="records alone" count={summary?.changesAlone} />
    </ul>
  );
}

type SumProps = {
  readonly word: string;
  readonly count: number | undefined;
  readonly href?: string;
  readonly current?: boolean;
};

function Sum({ word, count, href, current = false }: SumProps) {
  const figure = (
    <>
      {count === undefined ? (
        <Skeleton className="my-1 h-6 w-10" />
      ) : (
        <span className="block font-serif text-xl md:text-2xl">{formatCount(count)}</span>
      )}
      <span className={`text-xs md:text-sm ${current ? 'text-accent' : 'text-muted'}`}>{word}</span>
    </>
  );
  if (href === undefined) return <li className="border-t-2 pt-1.5">{figure}</li>;
  return (
    <li>
      <ShallowLink
        href={href}
        aria-current={current ? 'true' : undefined}
        className={`block border-t-2 pt-1.5 transition-colors hover:border-accent ${current ? 'border-accent' : 'border-line'}`}
      >
        {figure}
      </ShallowLink>
    </li>
  );
}
