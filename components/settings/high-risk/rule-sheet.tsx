'use client';

import { TriangleAlert, X } from 'lucide-react';
import { Section } from '@/components/change-detail/section';
import { RiskBars } from '@/components/tally/risk-bars';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Count } from '@/components/ui/data/count';
import { Time } from '@/components/ui/data/time';
import type { RiskRuleDto, RiskRulesDto } from '@/lib/changes/contract/risk-rules';
import { ProposalHistory } from './proposal-list';
import { RuleEditor } from './rule-editor';
import { aboutWords } from './words';

type RuleSheetProps = {
  readonly orgId: string;
  /** Undefined proposes a new one. */
  readonly rule: RiskRuleDto | undefined;
  readonly may: boolean;
  readonly organization: RiskRulesDto['organizations'][number];
  readonly doorOf: (rule: RiskRuleDto) => string;
  readonly onClose: () => void;
};

/** One rule: what it says now, who made it so, and the form that proposes it otherwise. */
export function RuleSheet({ orgId, rule, may, organization, doorOf, onClose }: RuleSheetProps) {
  const history = organization.proposals.filter((one) => one.ruleId === rule?.id);
  const waits = history.find((one) => one.decision === null);
  return (
    <div className="flex min-h-full flex-col p-5 pb-24 md:pb-5">
      <div className="mb-3 flex items-start justify-between gap-3">
        <h2 className="min-w-0 font-serif text-xl wrap-anywhere">
          {rule === undefined ? 'Propose a rule' : <bdi>{rule.name}</bdi>}
        </h2>
        <Button look="quiet" size="icon" onClick={onClose} aria-label="Close (Esc)">
          <X aria-hidden size={16} />
        </Button>
      </div>
      {rule === undefined ? null : (
        <>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <RiskBars risk={rule.level} className="font-medium" />
            {rule.enabled ? null : <Badge tone="warn">Switched off</Badge>}
            <span className="text-sm text-muted">
              version {rule.version}
              {rule.effectiveFrom === null ? (
                ', judges changes of any time'
              ) : (
                <>
                  , judges changes from <Time at={rule.effectiveFrom} precision="minute" /> on
                </>
              )}
            </span>
          </p>
          <p className="mt-2 wrap-anywhere" dir="auto">
            Fits {aboutWords(rule)}. Because {rule.reason}.
          </p>
          <p className="mt-1 text-sm text-muted">
            <Count value={rule.changes30Days} href={doorOf(rule)} /> accountable changes in the last 30 days.
          </p>
          {rule.guardsDeletions ? (
            <p className="mt-3 flex items-start gap-2 rounded-md bg-sunken px-3 py-2 text-sm">
              <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-late" />
              It guards deletions of trunks or divisions. Switched off, it stays in sight on this page.
            </p>
          ) : null}
          {rule.origin === 'policy' ? (
            <p className="mt-3 text-sm text-muted">
              It comes from the policy and is changed where the policy is.
            </p>
          ) : null}
        </>
      )}
      {may ? (
        <Section title={rule === undefined ? 'The rule' : 'Propose a change'}>
          {waits === undefined ? null : (
            <p className="mb-3 text-sm text-late">
              A change of this rule by <bdi>{waits.proposedBy}</bdi> waits already; of the two only one can be
              approved.
            </p>
          )}
          <RuleEditor orgId={orgId} rule={rule} known={organization.known} onDone={onClose} />
        </Section>
      ) : null}
      {history.length === 0 ? null : (
        <Section title="History">
          <ProposalHistory proposals={history} rejudging={organization.rejudging} />
        </Section>
      )}
    </div>
  );
}
