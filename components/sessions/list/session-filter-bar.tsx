'use client';

import { RISK_WORDS } from '@/components/tally/words';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { sentenceCase, shortenId } from '@/components/ui/data/format';
import { SearchBox } from '@/components/ui/data/search-box';
import { setValues, toggleValue } from '@/components/url/list-params';
import { useScope } from '@/components/url/use-scope';
import { RISKS } from '@/lib/kernel/words';
import { SESSION_RULES, type SessionDto } from '@/lib/sessions/contract';
import { clearSessionFilters, isSessionFiltered, OPEN_SESSION, readSessionFilter } from '../session-filter';
import { SESSION_RULE_WORDS } from '../words';

/** Search, and each rule and level as a chip to press in and out. */
export function SessionFilterBar({ rows }: { readonly rows: readonly SessionDto[] }) {
  const { params, setParams } = useScope();
  const filter = readSessionFilter(params);
  const toggle = (name: string, value: string) => setParams(toggleValue(params, OPEN_SESSION, name, value));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox
        key={filter.q}
        value={filter.q}
        label="Search sessions by owner or id, then Enter"
        placeholder="Owner, or id of a session"
        onSearch={(q) => setParams(setValues(params, OPEN_SESSION, { q: q === '' ? [] : [q] }))}
      />
      {RISKS.filter((risk) => risk === 'high' || risk === 'critical').map((risk) => (
        <Chip key={risk} pressed={filter.values.risk.includes(risk)} onPress={() => toggle('risk', risk)}>
          {RISK_WORDS[risk]} inside
        </Chip>
      ))}
      {SESSION_RULES.map((rule) => (
        <Chip key={rule} pressed={filter.values.rule.includes(rule)} onPress={() => toggle('rule', rule)}>
          {sentenceCase(SESSION_RULE_WORDS[rule])}
        </Chip>
      ))}
      {filter.values.actor.map((id) => {
        const word = `of ${rows.find((row) => row.owner.id === id)?.owner.name ?? shortenId(id)}`;
        return (
          <Chip key={id} removeLabel={`Remove ${word}`} onRemove={() => toggle('actor', id)}>
            {word}
          </Chip>
        );
      })}
      {isSessionFiltered(filter) ? (
        <Button look="quiet" size="small" onClick={() => setParams(clearSessionFilters(params))}>
          Clear
        </Button>
      ) : null}
    </div>
  );
}
