'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/state/error-state';
import type { RiskRuleDto, RiskRulePreviewDto, RiskRuleTrial } from '@/lib/changes/contract/risk-rules';
import { RISK_RULES_PATH } from '../settings-paths';
import { type RuleDraft, trialOf } from './draft';
import { EffectTable } from './effect-table';

type RuleTrialProps = {
  readonly orgId: string;
  readonly rule: RiskRuleDto | undefined;
  readonly draft: RuleDraft;
};

/** What the form, as it stands, would have done to past changes: tried before it is proposed. */
export function RuleTrial({ orgId, rule, draft }: RuleTrialProps) {
  const [asked, setAsked] = useState<string | null>(null);
  const trial = useCommand<RiskRuleTrial, RiskRulePreviewDto>((body) => ({
    method: 'POST',
    path: `${RISK_RULES_PATH}/preview`,
    body,
  }));
  const content = trialOf(draft);
  const now = JSON.stringify(content);
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button
          busy={trial.isPending}
          onClick={() => {
            setAsked(now);
            trial.mutate({ org: orgId, ruleId: rule?.id ?? null, content });
          }}
        >
          {trial.data === undefined ? 'Try it on the last 90 days' : 'Try it again'}
        </Button>
        {trial.data !== undefined && asked !== now ? (
          <span className="text-sm text-late">The form has changed since.</span>
        ) : null}
      </div>
      {trial.isError ? <ErrorState doing="cannot try the rule" error={trial.error} /> : null}
      <div aria-live="polite">{trial.data === undefined ? null : <EffectTable preview={trial.data} />}</div>
    </div>
  );
}
