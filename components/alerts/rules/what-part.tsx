import { Section } from '@/components/change-detail/section';
import { ACTOR_KIND_WORDS, RISK_WORDS } from '@/components/tally/words';
import { Field } from '@/components/ui/field';
import { PickList } from '@/components/ui/pick-list';
import { Select } from '@/components/ui/select';
import type { AlertRule } from '@/lib/alerts/contract/rules';
import { ACTOR_KINDS, RISKS } from '@/lib/kernel/words';
import type { RuleChoices } from './use-rule-names';

export type PartProps = {
  readonly form: AlertRule;
  readonly change: (part: Partial<AlertRule>) => void;
  readonly choices: RuleChoices;
};

/** What a rule listens to: which findings, how grave, where, by whom it was done. */
export function WhatPart({ form, change, choices }: PartProps) {
  const what = (part: Partial<AlertRule['what']>) => change({ what: { ...form.what, ...part } });
  return (
    <Section title="What">
      <div className="flex flex-col gap-4">
        <Field label="At least" required>
          {(control) => (
            <Select
              {...control}
              value={form.what.minSeverity}
              onChange={(minSeverity) => what({ minSeverity })}
              options={RISKS.map((risk) => ({ value: risk, label: `${RISK_WORDS[risk]} risk` }))}
            />
          )}
        </Field>
        <PickList
          legend="Found by"
          none="none chosen: every rule"
          options={choices.rules}
          chosen={form.what.rules}
          onChange={(rules) => what({ rules: [...rules] })}
        />
        <PickList
          legend="Divisions"
          none="none chosen: all"
          options={choices.divisions}
          chosen={form.what.divisions}
          onChange={(divisions) => what({ divisions: [...divisions] })}
        />
        {choices.orgs.length > 1 || form.what.orgs.length > 0 ? (
          <PickList
            legend="Organisations"
            none="none chosen: all"
            options={choices.orgs}
            chosen={form.what.orgs}
            onChange={(orgs) => what({ orgs: [...orgs] })}
          />
        ) : null}
        <PickList
          legend="Done by"
          none="none chosen: anybody"
          inline
          options={ACTOR_KINDS.map((kind) => ({ value: kind, label: ACTOR_KIND_WORDS[kind] }))}
          chosen={form.what.actorKinds}
          onChange={(actorKinds) => what({ actorKinds: [...actorKinds] })}
        />
      </div>
    </Section>
  );
}
