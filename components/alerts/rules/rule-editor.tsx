'use client';

import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { ApiError } from '@/components/api/api-error';
import { useCommand } from '@/components/api/use-command';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useNotice } from '@/components/ui/overlay/notices';
import { ErrorState } from '@/components/ui/state/error-state';
import type { AlertRule, AlertRuleDto } from '@/lib/alerts/contract/rules';
import { RULES_PATH } from '../paths';
import { ruleOf } from './draft';
import { RemoveRule } from './remove-rule';
import { RulePreview } from './rule-preview';
import { type RuleNames, ruleSentence } from './rule-sentence';
import type { RuleChoices } from './use-rule-names';
import { WhatPart } from './what-part';
import { WhenPart } from './when-part';
import { WhoPart } from './who-part';

type RuleEditorProps = {
  /** The rule to change; undefined adds one. */
  readonly rule: AlertRuleDto | undefined;
  readonly draft: AlertRule;
  readonly choices: RuleChoices;
  readonly names: RuleNames;
  readonly onClose: () => void;
};

/** A routing rule as a form: what, who, when; its sentence and what it would have sent follow along. */
export function RuleEditor({ rule, draft, choices, names, onClose }: RuleEditorProps) {
  const say = useNotice();
  const [form, setForm] = useState<AlertRule>(() => ruleOf(draft));
  const change = (part: Partial<AlertRule>) => setForm((before) => ({ ...before, ...part }));
  const save = useCommand<AlertRule, AlertRuleDto>(
    (body) =>
      rule === undefined
        ? { method: 'POST', path: RULES_PATH, body }
        : { method: 'PUT', path: `${RULES_PATH}/${encodeURIComponent(rule.id)}`, body },
    {
      onDone: (_, body) => {
        say(rule === undefined ? `Added ${body.name}` : `Changed ${body.name}; it applies from now on`);
        onClose();
      },
    },
  );
  const fields = save.error instanceof ApiError ? save.error.fields : {};
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(ruleOf(form));
  };
  return (
    <form onSubmit={submit} className="flex min-h-full flex-col p-5 pb-24 md:pb-5">
      <div className="mb-3 flex items-start justify-between gap-3">
        <h2 className="font-serif text-xl">{rule === undefined ? 'Add a rule' : `Change ${rule.name}`}</h2>
        <Button look="quiet" size="icon" onClick={onClose} aria-label="Close (Esc)">
          <X aria-hidden size={16} />
        </Button>
      </div>
      <p aria-live="polite" dir="auto" className="rounded-md bg-sunken px-3 py-2">
        {ruleSentence(form, names)}
      </p>
      <div className="mt-4 flex flex-col gap-4">
        <Field label="Name" required error={fields.name ?? null}>
          {(control) => (
            <Input
              {...control}
              value={form.name}
              maxLength={200}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <Checkbox
          label="In use"
          checked={form.enabled}
          onChange={(event) => change({ enabled: event.target.checked })}
        />
      </div>
      <WhatPart form={form} change={change} choices={choices} />
      <WhoPart form={form} change={change} choices={choices} />
      <WhenPart form={form} change={change} choices={choices} errors={fields} />
      <RulePreview form={form} channelOf={names.channel} />
      {save.isError ? <ErrorState doing="cannot save the rule" error={save.error} /> : null}
      <div className="mt-5 flex items-center justify-end gap-2">
        {rule === undefined || rule.builtIn ? null : <RemoveRule rule={rule} onDone={onClose} />}
        <span className="flex-1" />
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          {rule === undefined ? 'Add' : 'Save'}
        </Button>
      </div>
    </form>
  );
}
