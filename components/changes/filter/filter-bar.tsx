'use client';

import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import {
  ACTOR_KIND_WORDS,
  EXCLUSION_WORDS,
  LINKAGE_WORDS,
  PLANNING_WORDS,
  RISK_WORDS,
  SOURCE_WORDS,
} from '@/components/tally/words';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { formatCount, shortenId } from '@/components/ui/data/format';
import { formatInstant } from '@/components/ui/data/format-time';
import { SearchBox } from '@/components/ui/data/search-box';
import { Sheet } from '@/components/ui/overlay/sheet';
import type { FacetsDto } from '@/lib/changes/contract';
import {
  type ChangeFilterState,
  clearFilters,
  FILTER_NAMES,
  type FilterName,
  isFiltered,
  isPressed,
  pressChip,
  QUICK_CHIPS,
  setFilter,
  toggleFilter,
} from './change-filter';
import { FacetSidebar } from './facet-sidebar';

type FilterBarProps = {
  readonly filter: ChangeFilterState;
  readonly params: URLSearchParams;
  readonly setParams: (next: URLSearchParams, how?: 'push' | 'replace') => void;
  readonly facets: FacetsDto | undefined;
  /** How many records the default leaves out; undefined while it is not known. */
  readonly hidden: number | undefined;
};

export function FilterBar({ filter, params, setParams, facets, hidden }: FilterBarProps) {
  const [open, setOpen] = useState(false);
  const toggle = (name: FilterName, value: string) => setParams(toggleFilter(params, name, value));
  const showsHidden = filter.accountable !== 'true';
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox
          key={filter.q}
          value={filter.q}
          label="Search changes by name or id, then Enter"
          placeholder="Name or id, also of deleted things"
          onSearch={(q) => setParams(setFilter(params, 'q', q === '' ? [] : [q]))}
        />
        <Button onClick={() => setOpen(true)} className="lg:hidden">
          <SlidersHorizontal aria-hidden size={14} /> Filters
        </Button>
        {QUICK_CHIPS.map((chip) => (
          <Chip
            key={chip.id}
            pressed={isPressed(filter, chip)}
            onPress={() => setParams(pressChip(params, chip))}
          >
            {chip.word}
          </Chip>
        ))}
        <Chip
          pressed={showsHidden}
          onPress={() => setParams(setFilter(params, 'accountable', showsHidden ? [] : ['all']))}
          title="Platform records, reads and failed attempts are no accountable changes; the list leaves them out until asked"
        >
          {showsHidden ? 'System shown' : 'System hidden'}
          {hidden === undefined ? '' : ` (${formatCount(hidden)})`}
        </Chip>
      </div>
      <SetFilters filter={filter} params={params} setParams={setParams} facets={facets} toggle={toggle} />
      <Sheet open={open} onClose={() => setOpen(false)} title="Filters" side="left" modal>
        <div className="p-4 pb-20">
          <div className="mb-4 flex items-center justify-between">
            <h2 className="font-serif text-xl">Filters</h2>
            <Button look="primary" onClick={() => setOpen(false)}>
              Show {facets === undefined ? '' : formatCount(facets.total)}
            </Button>
          </div>
          <FacetSidebar facets={facets} filter={filter} onToggle={toggle} />
        </div>
      </Sheet>
    </div>
  );
}

type SetFiltersProps = Omit<FilterBarProps, 'hidden'> & {
  readonly toggle: (name: FilterName, value: string) => void;
};

/** What is set, each to be taken out alone. */
function SetFilters({ filter, params, setParams, facets, toggle }: SetFiltersProps) {
  if (!isFiltered(filter)) return null;
  const set = FILTER_NAMES.flatMap((name) => filter.values[name].map((value) => ({ name, value })));
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {filter.q === '' ? null : (
        <Chip
          removeLabel={`Remove the search for ${filter.q}`}
          onRemove={() => setParams(setFilter(params, 'q', []))}
        >
          contains <span className="max-w-60 truncate font-mono">{filter.q}</span>
        </Chip>
      )}
      {filter.session === null ? null : (
        <Chip removeLabel="Remove the session" onRemove={() => setParams(setFilter(params, 'session', []))}>
          part of session <span className="font-mono">{shortenId(filter.session)}</span>
        </Chip>
      )}
      {filter.asOf === null ? null : (
        <Chip
          removeLabel="Remove the instant: statuses as they stand now"
          onRemove={() => setParams(setFilter(params, 'asOf', []))}
          title="Counted by what had been received and judged by then; the rows show what they are now, their history in the change"
        >
          as it stood <span className="font-mono">{formatInstant(filter.asOf)}</span>
        </Chip>
      )}
      {set.map(({ name, value }) => {
        const word = `${TITLES[name]}: ${valueWord(name, value, facets)}`;
        return (
          <Chip key={`${name} ${value}`} removeLabel={`Remove ${word}`} onRemove={() => toggle(name, value)}>
            <span className="max-w-72 truncate">{word}</span>
          </Chip>
        );
      })}
      <Button look="quiet" size="small" onClick={() => setParams(clearFilters(params))}>
        Clear
      </Button>
    </div>
  );
}

const TITLES = {
  linkage: 'Authorisation',
  risk: 'Risk',
  riskRule: 'High-risk rule',
  planning: 'Planning',
  actorKind: 'Kind of actor',
  service: 'Service',
  entityType: 'Type',
  action: 'Action',
  actor: 'Actor',
  entity: 'Object',
  source: 'Came',
  excluded: 'Not accountable',
  division: 'Division',
  team: 'Team',
  bypass: 'Past the pipeline',
  excuse: 'Excused by rule',
} as const satisfies Record<FilterName, string>;

const WORDS: Partial<Record<FilterName, Readonly<Record<string, string>>>> = {
  linkage: LINKAGE_WORDS,
  risk: RISK_WORDS,
  planning: PLANNING_WORDS,
  actorKind: ACTOR_KIND_WORDS,
  source: SOURCE_WORDS,
  excluded: EXCLUSION_WORDS,
  bypass: { true: 'yes', false: 'no' },
  team: { unknown: 'not known' },
  division: { unknown: 'not known' },
};

function valueWord(name: FilterName, value: string, facets: FacetsDto | undefined): string {
  if (name === 'actor' && value === 'unknown') return 'nobody named';
  if (name === 'actor') return facets?.actors.find((actor) => actor.id === value)?.name ?? value;
  if (name === 'division' && value !== 'unknown') return shortenId(value, 6);
  return WORDS[name]?.[value] ?? value;
}
