'use client';

import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { LINKAGE_WORDS, SOURCE_WORDS } from '@/components/tally/words';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Chip } from '@/components/ui/chip';
import { sentenceCase, shortenId } from '@/components/ui/data/format';
import { SearchBox } from '@/components/ui/data/search-box';
import { Popover } from '@/components/ui/overlay/popover';
import { setValues, toggleValue } from '@/components/url/list-params';
import { useScope } from '@/components/url/use-scope';
import type { MoveDto } from '@/lib/divisions/contract';
import { ADDRESS_WORDS, BOUNDARY_WORDS, REVIEW_WORDS, typeWord } from '../words';
import {
  clearMoveFilters,
  isMoveFiltered,
  MOVE_FILTERS,
  type MoveFilterName,
  OPEN_MOVE,
  readMoveFilter,
} from './move-filter';

/** Search, the filters to choose from, and what is set, each to be taken out alone. */
export function MoveFilterBar({ rows }: { readonly rows: readonly MoveDto[] }) {
  const { params, setParams } = useScope();
  const filter = readMoveFilter(params);
  const set = MOVE_FILTERS.flatMap((name) => filter.values[name].map((value) => ({ name, value })));
  const without = (name: string) => setParams(setValues(params, OPEN_MOVE, { [name]: [] }));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox
        key={filter.q}
        value={filter.q}
        label="Search moves by name or id, then Enter"
        placeholder="Person, object, division or id"
        onSearch={(q) => setParams(setValues(params, OPEN_MOVE, { q: q === '' ? [] : [q] }))}
      />
      <FilterMenu rows={rows} />
      {filter.q === '' ? null : (
        <Chip removeLabel={`Remove the search for ${filter.q}`} onRemove={() => without('q')}>
          contains <span className="max-w-60 truncate font-mono">{filter.q}</span>
        </Chip>
      )}
      {filter.session === null ? null : (
        <Chip removeLabel="Remove the session" onRemove={() => without('session')}>
          part of session <span className="font-mono">{shortenId(filter.session)}</span>
        </Chip>
      )}
      {filter.target === null ? null : (
        <Chip removeLabel="Remove the object" onRemove={() => without('target')}>
          {nameOfTarget(rows, filter.target)}
        </Chip>
      )}
      {set.map(({ name, value }) => {
        const word = valueWord(name, value, rows);
        return (
          <Chip
            key={`${name} ${value}`}
            removeLabel={`Remove ${word}`}
            onRemove={() => setParams(toggleValue(params, OPEN_MOVE, name, value))}
          >
            <span className="max-w-72 truncate">{word}</span>
          </Chip>
        );
      })}
      {isMoveFiltered(filter) ? (
        <Button look="quiet" size="small" onClick={() => setParams(clearMoveFilters(params))}>
          Clear
        </Button>
      ) : null}
    </div>
  );
}

const GROUPS: readonly {
  readonly name: MoveFilterName;
  readonly title: string;
  readonly words: Readonly<Record<string, string>>;
}[] = [
  { name: 'boundary', title: 'Border of regions', words: BOUNDARY_WORDS },
  { name: 'review', title: 'Review', words: REVIEW_WORDS },
  { name: 'linkage', title: 'Authorisation', words: LINKAGE_WORDS },
  { name: 'address', title: 'Address', words: ADDRESS_WORDS },
  { name: 'source', title: 'How we know', words: SOURCE_WORDS },
];

function FilterMenu({ rows }: { readonly rows: readonly MoveDto[] }) {
  const { params, setParams } = useScope();
  const [open, setOpen] = useState(false);
  const types = [
    ...new Set([...rows.map((row) => row.targetResource.type), ...params.getAll('type')]),
  ].sort();
  const groups = [
    ...GROUPS,
    {
      name: 'type' as const,
      title: 'Kind of object on this page',
      words: Object.fromEntries(types.map((type) => [type, sentenceCase(typeWord(type))])),
    },
  ];
  return (
    <Popover
      label="Filters"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button>
          <SlidersHorizontal aria-hidden size={14} /> Filters
        </Button>
      }
    >
      <div className="grid w-80 max-w-full gap-4 sm:w-120 sm:grid-cols-2">
        {groups.map((group) => (
          <fieldset key={group.name} className="min-w-0">
            <legend className="mb-1 text-xs font-medium text-muted">{group.title}</legend>
            {Object.entries(group.words).map(([value, word]) => (
              <Checkbox
                key={value}
                label={sentenceCase(word)}
                className="text-sm"
                checked={params.getAll(group.name).includes(value)}
                onChange={() => setParams(toggleValue(params, OPEN_MOVE, group.name, value))}
              />
            ))}
          </fieldset>
        ))}
      </div>
    </Popover>
  );
}

const YES_NO = { true: '', false: 'not ' } as const;
const WORDS: Partial<Record<MoveFilterName, Readonly<Record<string, string>>>> = {
  boundary: BOUNDARY_WORDS,
  review: REVIEW_WORDS,
  linkage: LINKAGE_WORDS,
  address: ADDRESS_WORDS,
  source: SOURCE_WORDS,
};

function valueWord(name: MoveFilterName, value: string, rows: readonly MoveDto[]): string {
  const not = value === 'false' ? YES_NO.false : YES_NO.true;
  switch (name) {
    case 'self':
      return sentenceCase(`${not}self-moves`);
    case 'restricted':
      return sentenceCase(`${not}into restricted divisions`);
    case 'type':
      return sentenceCase(typeWord(value));
    case 'actor':
      return `by ${rows.find((row) => row.actor.id === value)?.actor.name ?? shortenId(value)}`;
    case 'division':
      return `division ${nameOfDivision(rows, value)}`;
    default:
      return sentenceCase(WORDS[name]?.[value] ?? value);
  }
}

function nameOfDivision(rows: readonly MoveDto[], id: string): string {
  const sides = rows.flatMap((row) => [row.sourceDivision, row.targetDivision]);
  return sides.find((side) => side.id === id && side.name !== null)?.name ?? shortenId(id);
}

function nameOfTarget(rows: readonly MoveDto[], id: string): string {
  const target = rows.find((row) => row.targetResource.id === id)?.targetResource;
  return target?.name ?? shortenId(id);
}
