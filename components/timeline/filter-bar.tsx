'use client';

import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { RISK_WORDS } from '@/components/tally/words';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { formatCount, shortenId } from '@/components/ui/data/format';
import { Popover } from '@/components/ui/overlay/popover';
import { PickList } from '@/components/ui/pick-list';
import { useScope } from '@/components/url/use-scope';
import type { FacetsDto } from '@/lib/changes/contract';
import { HIGH_IMPACT_SERVICES } from '@/lib/changes/model/high-impact';
import {
  clearTimelineFilters,
  isHighImpact,
  isTimelineFiltered,
  readTimelineFilter,
  setTimelineFilter,
  type TimelineFilterName,
} from './state';

type FilterBarProps = {
  readonly facets: FacetsDto | undefined;
  /** Records that are no accountable changes; undefined while it is not known. */
  readonly hidden: number | undefined;
};

const TITLES = { service: 'Service', actor: 'Actor', action: 'Action', risk: 'Risk' } as const;

/** What the timeline is narrowed to, each thing to be taken out alone; the preset of high-impact services is four of them. */
export function FilterBar({ facets, hidden }: FilterBarProps) {
  const { params, setParams } = useScope();
  const filter = readTimelineFilter(params);
  const preset = isHighImpact(filter);
  const set = (name: TimelineFilterName | 'accountable', values: readonly string[]) =>
    setParams(setTimelineFilter(params, name, values));
  const chosen = (['service', 'actor', 'action', 'risk'] as const).flatMap((name) =>
    filter.values[name].map((value) => ({ name, value })),
  );
  const wordOf = (name: TimelineFilterName, value: string): string => {
    if (name === 'actor')
      return facets?.actors.find((actor) => actor.id === value)?.name ?? shortenId(value, 6);
    return name === 'risk' ? (value === 'critical' ? RISK_WORDS.critical : RISK_WORDS.high) : value;
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Chip
          pressed={preset}
          onPress={() => set('service', preset ? [] : HIGH_IMPACT_SERVICES)}
          title="Call flows, people and divisions, connections to other systems, roles and keys: Architect, Directory, Integrations, PeoplePermissions. Each can be taken out alone."
        >
          High-impact services
        </Chip>
        <Chip
          pressed={filter.values.risk.length === 1 && filter.values.risk[0] === 'critical'}
          onPress={() => set('risk', filter.values.risk[0] === 'critical' ? [] : ['critical'])}
        >
          Critical only
        </Chip>
        {(['service', 'actor', 'action'] as const).map((name) => (
          <FilterMenu
            key={name}
            name={name}
            options={optionsOf(name, facets)}
            chosen={filter.values[name]}
            onChange={(values) => set(name, values)}
          />
        ))}
        <Chip
          pressed={filter.all}
          onPress={() => set('accountable', filter.all ? [] : ['all'])}
          title="Platform records, failed attempts and what a rule excused are no accountable changes; they have a lane of their own when asked for"
        >
          {filter.all ? 'Not counted shown' : 'Not counted hidden'}
          {hidden === undefined ? '' : ` (${formatCount(hidden)})`}
        </Chip>
      </div>
      {isTimelineFiltered(filter) ? (
        <div className="flex flex-wrap items-center gap-1.5">
          {chosen.map(({ name, value }) => {
            const word = `${TITLES[name]}: ${wordOf(name, value)}`;
            return (
              <Chip
                key={`${name} ${value}`}
                removeLabel={`Remove ${word}`}
                onRemove={() =>
                  set(
                    name,
                    filter.values[name].filter((one) => one !== value),
                  )
                }
              >
                <span className="max-w-72 truncate">{word}</span>
              </Chip>
            );
          })}
          <Button look="quiet" size="small" onClick={() => setParams(clearTimelineFilters(params))}>
            Clear
          </Button>
        </div>
      ) : null}
    </div>
  );
}

type Option = { readonly value: string; readonly label: string };

function optionsOf(name: 'service' | 'actor' | 'action', facets: FacetsDto | undefined): Option[] {
  if (facets === undefined) return [];
  if (name === 'actor')
    return facets.actors.map((actor) => ({
      value: actor.id,
      label: `${actor.name ?? shortenId(actor.id, 6)} (${formatCount(actor.count)})`,
    }));
  return facets.facets[name].map(({ value, count }) => ({
    value,
    label: `${value} (${formatCount(count)})`,
  }));
}

function FilterMenu({
  name,
  options,
  chosen,
  onChange,
}: {
  readonly name: 'service' | 'actor' | 'action';
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label={TITLES[name]}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="small">
          {TITLES[name]}
          {chosen.length === 0 ? '' : ` (${chosen.length})`} <ChevronDown aria-hidden size={13} />
        </Button>
      }
    >
      <div className="w-64">
        <PickList
          legend={TITLES[name]}
          none="none means all"
          options={options}
          chosen={chosen}
          onChange={onChange}
        />
      </div>
    </Popover>
  );
}
