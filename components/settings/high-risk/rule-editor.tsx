'use client';

import { type FormEvent, useState } from 'react';
import { ApiError } from '@/components/api/api-error';
import { useCommand } from '@/components/api/use-command';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useNotice } from '@/components/ui/overlay/notices';
import { Select } from '@/components/ui/select';
import { ErrorState } from '@/components/ui/state/error-state';
import { Textarea } from '@/components/ui/textarea';
import type { RiskRuleDto, RiskRuleProposal, RiskRulesDto } from '@/lib/changes/contract/risk-rules';
import { RISK_RULES_PATH } from '../settings-paths';
import { contentOf, draftOf, isChanged, NEW_DRAFT, type RuleDraft } from './draft';
import { RuleFields } from './rule-fields';
import { RuleTrial } from './rule-trial';

type RuleEditorProps = {
  readonly orgId: string;
  readonly rule: RiskRuleDto | undefined;
  readonly known: RiskRulesDto['organizations'][number]['known'];
  readonly onDone: () => void;
};

const STARTS = [
  { value: 'approval', label: 'From the approval on' },
  { value: 'instant', label: 'From an instant on, again' },
] as const;

/** The form of a rule, what it would have done, from when it is to judge, and why. */
export function RuleEditor({ orgId, rule, known, onDone }: RuleEditorProps) {
  const say = useNotice();
  const [draft, setDraft] = useState<RuleDraft>(() => (rule === undefined ? NEW_DRAFT : draftOf(rule)));
  const [starts, setStarts] = useState<(typeof STARTS)[number]['value']>('approval');
  const [from, setFrom] = useState('');
  const [why, setWhy] = useState('');
  const propose = useCommand<RiskRuleProposal, { id: string }>(
    (body) => ({ method: 'POST', path: RISK_RULES_PATH, body }),
    {
      onDone: () => {
        say('Proposed; another person must approve it');
        onDone();
      },
    },
  );
  const fields = propose.error instanceof ApiError ? propose.error.fields : {};
  const incomplete = starts === 'instant' && from === '';
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (incomplete) return;
    propose.mutate({
      org: orgId,
      ruleId: rule?.id ?? null,
      content: contentOf(draft),
      why: why.trim(),
      effectiveFrom: starts === 'approval' ? null : `${from}:00Z`,
    });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <RuleFields
        draft={draft}
        known={known}
        errors={fields}
        change={(part) => setDraft((before) => ({ ...before, ...part }))}
      />
      <RuleTrial orgId={orgId} rule={rule} draft={draft} />
      <div className="grid gap-3 sm:grid-cols-2">
        <Field
          label="It judges"
          required
          hint="By the time of the event. Changes before that keep what judged them."
        >
          {(control) => <Select {...control} value={starts} options={STARTS} onChange={setStarts} />}
        </Field>
        {starts === 'approval' ? null : (
          <Field
            label="From (UTC)"
            required
            hint="Changes since then are judged again"
            error={fields.effectiveFrom}
          >
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                value={from}
                onChange={(event) => setFrom(event.currentTarget.value)}
              />
            )}
          </Field>
        )}
      </div>
      <Field label="Why" required hint="Kept with the rule under your name" error={fields.why}>
        {(control) => (
          <Textarea
            {...control}
            value={why}
            maxLength={2000}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
        )}
      </Field>
      {propose.isError && Object.keys(fields).length === 0 ? (
        <ErrorState doing="cannot propose it" error={propose.error} />
      ) : propose.isError ? (
        <p role="alert" className="text-sm text-unlinked">
          Something is missing above.
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Leave it</Button>
        <Button
          type="submit"
          look="primary"
          busy={propose.isPending}
          disabled={incomplete || !isChanged(draft, rule)}
        >
          Propose
        </Button>
      </div>
    </form>
  );
}
