'use client';

import type { ReactNode } from 'react';
import { RiskBars } from '@/components/tally/risk-bars';
import { TallyGlyph } from '@/components/tally/tally-glyph';
import { ACTOR_KIND_WORDS, EXCLUSION_WORDS, LINKAGE_WORDS, PLANNING_WORDS } from '@/components/tally/words';
import { Checkbox } from '@/components/ui/checkbox';
import { formatCount, sentenceCase, shortenId } from '@/components/ui/data/format';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { FacetsDto } from '@/lib/changes/contract';
import { LINKAGES, RISKS } from '@/lib/kernel/words';
import type { ChangeFilterState, FilterName } from './change-filter';

/** Longer lists show their largest values; the rest is reached by search. */
const SHOWN = 8;

type FacetSidebarProps = {
  readonly facets: FacetsDto | undefined;
  readonly filter: ChangeFilterState;
  readonly onToggle: (name: FilterName, value: string) => void;
};

/** Filters with counts under the other filters, so that a count is what pressing it leaves. */
export function FacetSidebar({ facets, filter, onToggle }: FacetSidebarProps) {
  if (facets === undefined) return <SkeletonRows rows={10} label="Reading the filters" />;
  return (
    <div className="flex flex-col gap-5">
      {FACETS.map((facet) => (
        <FacetGroup
          key={facet.name}
          title={facet.title}
          values={inOrder(facets.facets[facet.name], facet.order)}
          chosen={filter.values[facet.name]}
          word={facet.word}
          onToggle={(value) => onToggle(facet.name, value)}
        />
      ))}
      <FacetGroup
        title="Actor"
        values={facets.actors.map((actor) => ({ value: actor.id, count: actor.count }))}
        chosen={filter.values.actor}
        word={(id) => <bdi>{facets.actors.find((actor) => actor.id === id)?.name ?? shortenId(id, 6)}</bdi>}
        onToggle={(value) => onToggle('actor', value)}
      />
    </div>
  );
}

type Facet = {
  readonly name: keyof FacetsDto['facets'];
  readonly title: string;
  readonly word: (value: string) => ReactNode;
  readonly order?: readonly string[];
};

const FACETS: readonly Facet[] = [
  { name: 'linkage', title: 'Authorisation', word: linkageWord, order: LINKAGES },
  { name: 'risk', title: 'Risk', word: riskWord, order: [...RISKS].reverse() },
  { name: 'planning', title: 'Planning', word: (value) => wordIn(PLANNING_WORDS, value) },
  { name: 'actorKind', title: 'Kind of actor', word: (value) => wordIn(ACTOR_KIND_WORDS, value) },
  { name: 'service', title: 'Service', word: (value) => value },
  { name: 'entityType', title: 'Type of object', word: (value) => value },
  { name: 'action', title: 'Action', word: (value) => value },
  {
    name: 'excluded',
    title: 'Not accountable',
    word: (value) => sentenceCase(wordIn(EXCLUSION_WORDS, value)),
  },
];

type FacetGroupProps = {
  readonly title: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
  readonly chosen: readonly string[];
  readonly word: (value: string) => ReactNode;
  readonly onToggle: (value: string) => void;
};

function FacetGroup({ title, values, chosen, word, onToggle }: FacetGroupProps) {
  // A value that is set stays in sight even when nothing has it under the other filters.
  const missing = chosen.filter((value) => !values.some((one) => one.value === value));
  const all = [...values, ...missing.map((value) => ({ value, count: 0 }))];
  if (all.length === 0) return null;
  const shown = all.filter((one, index) => index < SHOWN || chosen.includes(one.value));
  const rest = all.filter((one) => !shown.includes(one));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-xs font-medium text-muted">{title}</legend>
      <FacetValues values={shown} chosen={chosen} word={word} onToggle={onToggle} />
      {rest.length === 0 ? null : (
        <details>
          <summary className="min-h-6 text-sm text-muted hover:text-ink">
            {formatCount(rest.length)} more
          </summary>
          <FacetValues values={rest} chosen={chosen} word={word} onToggle={onToggle} />
        </details>
      )}
    </fieldset>
  );
}

function FacetValues({ values, chosen, word, onToggle }: Omit<FacetGroupProps, 'title'>) {
  return (
    <ul>
      {values.map(({ value, count }) => (
        <li key={value}>
          <Checkbox
            checked={chosen.includes(value)}
            onChange={() => onToggle(value)}
            className="text-sm"
            label={
              <span className="flex items-center justify-between gap-2">
                <span className="min-w-0 truncate" title={value}>
                  {word(value)}
                </span>
                <span className="text-muted">{formatCount(count)}</span>
              </span>
            }
          />
        </li>
      ))}
    </ul>
  );
}

function linkageWord(value: string): ReactNode {
  const status = LINKAGES.find((one) => one === value);
  if (status === undefined) return value;
  return (
    <span className="inline-flex items-center gap-2">
      <TallyGlyph status={status} decorative /> {LINKAGE_WORDS[status]}
    </span>
  );
}

function riskWord(value: string): ReactNode {
  const risk = RISKS.find((one) => one === value);
  return risk === undefined ? value : <RiskBars risk={risk} />;
}

function wordIn(words: Readonly<Record<string, string>>, value: string): string {
  return words[value] ?? value;
}

function inOrder<Value extends { readonly value: string }>(
  values: readonly Value[],
  order: readonly string[] | undefined,
): readonly Value[] {
  if (order === undefined) return values;
  return [...values].sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
}
