'use client';

import { AsOfField } from '@/components/directory/as-of-field';
import { Chip } from '@/components/ui/chip';
import { shortenId } from '@/components/ui/data/format';
import { useScope } from '@/components/url/use-scope';
import { HIGH_IMPACT_SERVICES } from '@/lib/changes/model/high-impact';
import type { BreakdownDto } from '@/lib/linking/contract/rate-breakdown';
import { UNKNOWN } from '@/lib/linking/model/rate-filter';
import { isHighImpact, NARROWING, type Narrowing, type RateState, withNarrowing } from './rate-state';
import { BREAKDOWN_WORDS, groupWord } from './words';

type RateFilterBarProps = {
  readonly state: RateState;
  /** Names for the ids that are set, as far as the breakdown knows them. */
  readonly items: BreakdownDto['items'];
};

/** What the rate is narrowed to, each to be taken out alone, and the instant it is told for. */
export function RateFilterBar({ state, items }: RateFilterBarProps) {
  const { params, setParams } = useScope();
  const pressed = isHighImpact(state);
  const set = NARROWING.flatMap((name) => state.filter[name].map((value) => ({ name, value })));
  const remove = (name: Narrowing, value: string) =>
    setParams(
      withNarrowing(
        params,
        name,
        state.filter[name].filter((one) => one !== value),
      ),
    );
  return (
    <div className="mb-5 flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Chip
          pressed={pressed}
          onPress={() => setParams(withNarrowing(params, 'service', pressed ? [] : HIGH_IMPACT_SERVICES))}
          title="Architect, Directory, Integrations and PeoplePermissions (roles and grants). Take services out, or add others from the breakdown."
        >
          High-impact services
        </Chip>
        <AsOfField name="asOf" label="As it stood at" />
      </div>
      {set.length === 0 ? null : (
        <ul aria-label="Narrowed to" className="flex flex-wrap items-center gap-1.5">
          {set.map(({ name, value }) => {
            const word = `${BREAKDOWN_WORDS[name]}: ${valueWord(name, value, items)}`;
            return (
              <li key={`${name} ${value}`}>
                <Chip removeLabel={`Remove ${word}`} onRemove={() => remove(name, value)}>
                  <span className="max-w-72 truncate">{word}</span>
                </Chip>
              </li>
            );
          })}
        </ul>
      )}
      {state.asOf === null ? null : (
        <p className="text-sm text-muted">
          Counted are the changes received by then, each with the verdict of that moment. Team, division,
          exclusions and what went past the pipeline are told as they stand now.
        </p>
      )}
    </div>
  );
}

function valueWord(name: Narrowing, value: string, items: BreakdownDto['items']): string {
  const label = items.find((item) => item.key === value)?.label ?? null;
  if (value !== UNKNOWN && label === null && (name === 'actor' || name === 'division'))
    return shortenId(value, 6);
  return groupWord(name, { key: value, label }, (id) => id);
}
