'use client';

import { RiskBars } from '@/components/tally/risk-bars';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { formatCount } from '@/components/ui/data/format';
import { SearchBox } from '@/components/ui/data/search-box';
import { Select } from '@/components/ui/select';
import { setValues, toggleValue } from '@/components/url/list-params';
import type { AlertDelaysDto } from '@/lib/alerts/contract/alerts';
import { RISKS } from '@/lib/kernel/words';
import { useDetections } from '../use-detections';
import {
  type AlertFilter,
  clearNarrowing,
  countOfView,
  isNarrowed,
  VIEWS,
  viewOf,
  withView,
} from './alert-filter';

const EVERY_RULE = 'every';

type FilterBarProps = {
  readonly filter: AlertFilter;
  readonly params: URLSearchParams;
  readonly setParams: (next: URLSearchParams) => void;
  readonly delays: AlertDelaysDto | undefined;
};

/** Which alerts: by state with their numbers, how grave, which rule, a word of their titles. */
export function AlertFilterBar({ filter, params, setParams, delays }: FilterBarProps) {
  const detections = useDetections().data?.items ?? [];
  const view = viewOf(filter);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-1.5">
        {VIEWS.map((one) => {
          const count = countOfView(one.id, delays);
          return (
            <Chip key={one.id} pressed={view === one.id} onPress={() => setParams(withView(params, one.id))}>
              {one.word}
              {count === undefined ? null : <span className="text-muted">{formatCount(count)}</span>}
            </Chip>
          );
        })}
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        <SearchBox
          key={filter.q}
          value={filter.q}
          label="Search alerts by name, then Enter"
          placeholder="Person, object or division"
          onSearch={(q) => setParams(setValues(params, 'alert', { q: q === '' ? [] : [q] }))}
        />
        {[...RISKS].reverse().map((risk) => (
          <Chip
            key={risk}
            pressed={filter.severities.includes(risk)}
            onPress={() => setParams(toggleValue(params, 'alert', 'severity', risk))}
          >
            <RiskBars risk={risk} />
          </Chip>
        ))}
        <Select
          label="Rule"
          className="w-auto! max-w-64"
          value={filter.rules[0] ?? EVERY_RULE}
          onChange={(rule) =>
            setParams(setValues(params, 'alert', { rule: rule === EVERY_RULE ? [] : [rule] }))
          }
          options={[
            { value: EVERY_RULE, label: 'Every rule' },
            ...detections.map((one) => ({ value: one.id, label: one.title })),
          ]}
        />
        {isNarrowed(filter) ? (
          <Button look="quiet" size="small" onClick={() => setParams(clearNarrowing(params))}>
            Clear
          </Button>
        ) : null}
      </div>
    </div>
  );
}
