'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { SparkLine } from '@/components/charts/spark-line';
import { useOrganizationName } from '@/components/frame/use-organizations';
import { Count } from '@/components/ui/data/count';
import { type Column, DataTable } from '@/components/ui/data/data-table';
import { countOf, formatCount, formatPart, formatRate, plural } from '@/components/ui/data/format';
import { Pagination } from '@/components/ui/data/pagination';
import { Tabs } from '@/components/ui/tabs';
import { setValues } from '@/components/url/list-params';
import { ShallowLink } from '@/components/url/shallow-link';
import { addressOf, useScope } from '@/components/url/use-scope';
import { BREAKDOWNS, type BreakdownDto, type BreakdownItem } from '@/lib/linking/contract/rate-breakdown';
import { PartsBar } from './parts-bar';
import { COUNTED, NOT_LINKED } from './rate-figures';
import { doorQuery, itemQuery, NARROWING, type RateState, withNarrowing } from './rate-state';
import { BREAKDOWN_MEANINGS, BREAKDOWN_WORDS, groupWord } from './words';

/** The tabs of what the rate can be broken down by. */
export function BreakdownTabs({ state }: { readonly state: RateState }) {
  const { params, pathname } = useScope();
  return (
    <Tabs
      label="Broken down by"
      shallow
      tabs={BREAKDOWNS.map((by) => ({
        href: addressOf(pathname, setValues(params, 'cursor', { by: [by] })),
        label: BREAKDOWN_WORDS[by],
        current: by === state.by,
      }))}
    />
  );
}

/** The groups with most unlinked changes, each figure a door to its rows; the rest is one row that opens page by page. */
export function Breakdown({ answer, state }: { readonly answer: BreakdownDto; readonly state: RateState }) {
  const { params, pathname, href, range } = useScope();
  const orgName = useOrganizationName();
  const { by, items, others, totals } = answer;
  const most = Math.max(1, ...items.map((item) => item.unlinked));
  const door = (item: BreakdownItem, more: Parameters<typeof doorQuery>[1]) =>
    href('/changes', doorQuery(state, { ...itemQuery(by, item.key, range), ...more }));
  const figure = (item: BreakdownItem, value: number, more: Parameters<typeof doorQuery>[1]): ReactNode =>
    value === 0 ? <span className="text-muted">0</span> : <Count value={value} href={door(item, more)} />;
  const word = (item: BreakdownItem) => groupWord(by, item, orgName);
  const name = (item: BreakdownItem): ReactNode => {
    const narrowing = NARROWING.find((one) => one === by);
    const text = <bdi title={item.key}>{word(item)}</bdi>;
    return narrowing === undefined ? (
      text
    ) : (
      <ShallowLink
        className="door"
        href={addressOf(pathname, withNarrowing(params, narrowing, [item.key]))}
        title={`Narrow this page to ${word(item)}`}
      >
        {text}
      </ShallowLink>
    );
  };
  const bar = (item: BreakdownItem): ReactNode => (
    <Link
      href={door(item, { linkage: NOT_LINKED })}
      aria-label={`${word(item)}: open ${countOf(item.unlinked, 'change')} that ${item.unlinked === 1 ? 'is' : 'are'} not linked`}
      className="block rounded-sm hover:bg-sunken"
    >
      <PartsBar counts={item.counts} most={most} />
    </Link>
  );
  const columns: readonly Column<BreakdownItem>[] = [
    { id: 'name', header: BREAKDOWN_WORDS[by], cell: name, className: 'max-w-64 truncate' },
    { id: 'bar', header: 'Not linked, by kind', cell: bar, className: 'w-44 min-w-32' },
    {
      id: 'part',
      className: 'whitespace-nowrap',
      header: 'Not linked / changes',
      align: 'right',
      cell: (item) => (
        <>
          {figure(item, item.unlinked, { linkage: NOT_LINKED })} /{' '}
          {figure(item, item.total, { linkage: COUNTED })}
        </>
      ),
    },
    {
      id: 'rate',
      header: 'Rate',
      align: 'right',
      className: 'whitespace-nowrap',
      cell: (item) => formatRate(item.rate),
    },
    {
      id: 'late',
      header: 'Late',
      align: 'right',
      cell: (item) => figure(item, item.counts.late_approval, { linkage: 'late_approval' }),
    },
    {
      id: 'bypass',
      header: 'Past the pipeline',
      align: 'right',
      cell: (item) => figure(item, item.bypasses, { bypass: 'true', linkage: COUNTED }),
    },
    { id: 'share', header: 'Share of all', align: 'right', cell: (item) => formatRate(item.share ?? 0) },
    ...(by === 'day'
      ? []
      : [
          {
            id: 'trend',
            header: `Rate by ${answer.trend.bucket}`,
            cell: (item: BreakdownItem) => (
              <SparkLine points={item.trend.map(rateOfPoint)} label={trendWords(item, answer.trend.bucket)} />
            ),
          },
        ]),
  ];
  return (
    <>
      <p className="py-2 text-sm text-muted">
        {BREAKDOWN_MEANINGS[by]} {countOf(answer.groups, 'group')}
        {by === 'day' ? '' : ', most unlinked first'}; together{' '}
        {formatPart(totals.unlinked, totals.total, 'change')}.
      </p>
      <DataTable
        caption={`Unlinked change rate by ${BREAKDOWN_WORDS[by].toLowerCase()}`}
        columns={columns}
        rows={items}
        keyOf={(item) => item.key}
        narrow={(item) => ({
          first: (
            <div className="flex justify-between gap-3">
              <span className="min-w-0 truncate">{name(item)}</span>
              <strong className="font-medium">{formatRate(item.rate)}</strong>
            </div>
          ),
          second: (
            <>
              <span className="w-full">{bar(item)}</span>
              <span>
                {figure(item, item.unlinked, { linkage: NOT_LINKED })} of{' '}
                {figure(item, item.total, { linkage: COUNTED })}
              </span>
              {item.bypasses === 0 ? null : (
                <span>
                  {figure(item, item.bypasses, { bypass: 'true', linkage: COUNTED })} past the pipeline
                </span>
              )}
            </>
          ),
        })}
      />
      {others === null ? null : (
        <p className="border-b py-2 text-sm">
          {countOf(others.groups, 'other')}: {formatPart(others.unlinked, others.total, 'change')} not linked,{' '}
          {formatRate(others.rate)}
          {others.bypasses === 0 ? '' : `, ${formatCount(others.bypasses)} past the pipeline`}
        </p>
      )}
      <Pagination
        shown={items.length}
        unit={plural(items.length, 'group')}
        nextLabel="Others"
        nextHref={
          answer.nextCursor === null
            ? null
            : addressOf(pathname, setValues(params, 'change', { cursor: [answer.nextCursor] }))
        }
        firstHref={state.cursor === null ? null : addressOf(pathname, setValues(params, 'change', {}))}
      />
    </>
  );
}

function rateOfPoint(point: BreakdownItem['trend'][number]): number | null {
  return point.total === 0 ? null : point.unlinked / point.total;
}

/** The trend in words: where it began and where it ended. */
function trendWords(item: BreakdownItem, bucket: string): string {
  const rates = item.trend.map(rateOfPoint).filter((rate) => rate !== null);
  const [first] = rates;
  const last = rates.at(-1);
  if (first === undefined || last === undefined) return 'no changes';
  return `Rate by ${bucket}: first ${formatRate(first)}, last ${formatRate(last)}, ${countOf(rates.length, bucket)} with changes`;
}
