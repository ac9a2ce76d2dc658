import { RISK_WORDS } from '@/components/tally/words';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PickList } from '@/components/ui/pick-list';
import { Select } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';
import type { RiskRulesDto } from '@/lib/changes/contract/risk-rules';
import { RISK_CONDITIONS } from '@/lib/changes/model/risk/rule';
import { RISKS } from '@/lib/kernel/words';
import type { RuleDraft } from './draft';
import { WordPicker } from './word-picker';
import { CONDITION_WORDS } from './words';

type RuleFieldsProps = {
  readonly draft: RuleDraft;
  readonly known: RiskRulesDto['organizations'][number]['known'];
  /** What the server found wrong, by the name of the field. */
  readonly errors: Readonly<Record<string, string>>;
  readonly change: (part: Partial<RuleDraft>) => void;
};

const LEVELS = [...RISKS].reverse().map((value) => ({ value, label: RISK_WORDS[value] }));
const CONDITIONS = RISK_CONDITIONS.map((value) => ({ value, label: CONDITION_WORDS[value] }));

/** What a rule is about, how grave it is and why; choices come from what the organisation's changes are called. */
export function RuleFields({ draft, known, errors, change }: RuleFieldsProps) {
  const wrong = (name: string) => errors[`content.${name}`] ?? errors[name];
  return (
    <>
      <Checkbox
        label="On"
        checked={draft.enabled}
        onChange={(event) => change({ enabled: event.currentTarget.checked })}
      />
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_10rem]">
        <Field label="Name" required error={wrong('name')}>
          {(control) => (
            <Input
              {...control}
              value={draft.name}
              maxLength={120}
              placeholder="Deletion of skills"
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label="Level" required>
          {(control) => (
            <Select
              {...control}
              value={draft.level}
              options={LEVELS}
              onChange={(level) => change({ level })}
            />
          )}
        </Field>
      </div>
      <Field label="Reason" required hint="Ends the sentence “Risky because …”" error={wrong('reason')}>
        {(control) => (
          <Input
            {...control}
            value={draft.reason}
            maxLength={300}
            placeholder="routing may lose its skills"
            onChange={(event) => change({ reason: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label="Service" hint="Empty means any" error={wrong('service')}>
        {(control) => (
          <>
            <Input
              {...control}
              list={`${control.id}-known`}
              value={draft.service}
              maxLength={200}
              onChange={(event) => change({ service: event.currentTarget.value })}
            />
            <datalist id={`${control.id}-known`}>
              {known.services.map((service) => (
                <option key={service} value={service} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <WordPicker
        legend="Entity types"
        known={known.entityTypes}
        chosen={draft.entityTypes}
        error={wrong('entityTypes')}
        onChange={(entityTypes) => change({ entityTypes })}
      />
      <WordPicker
        legend="Actions"
        known={known.actions}
        chosen={draft.actions}
        error={wrong('actions')}
        onChange={(actions) => change({ actions })}
      />
      <Field
        label="Properties"
        hint="Names of properties, one a line; one of them is enough. * stands for any letters: *encrypt*"
        error={wrong('properties')}
      >
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            className="font-mono"
            spellCheck={false}
            value={draft.properties}
            onChange={(event) => change({ properties: event.currentTarget.value })}
          />
        )}
      </Field>
      <PickList
        legend="Only where"
        none="all that are chosen must hold"
        options={CONDITIONS}
        chosen={draft.conditions}
        onChange={(conditions) => change({ conditions: [...conditions] })}
      />
      <Field
        label="Done by"
        hint="Id of a person or OAuth client; empty means anybody"
        error={wrong('actor')}
      >
        {(control) => (
          <Input
            {...control}
            className="font-mono"
            value={draft.actor}
            maxLength={200}
            onChange={(event) => change({ actor: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}
