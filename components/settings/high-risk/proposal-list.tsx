import { countOf } from '@/components/ui/data/format';
import { Panel } from '@/components/ui/layout/panel';
import type { RiskRejudgeDto, RiskRuleProposalDto } from '@/lib/changes/contract/risk-rules';
import { ProposalItem } from './proposal-item';

type ListProps = {
  readonly proposals: readonly RiskRuleProposalDto[];
  readonly rejudging: readonly RiskRejudgeDto[];
};

/** Proposals under a title; without any, the title goes too unless there is something to say. */
export function ProposalList({
  title,
  empty,
  ...list
}: ListProps & { readonly title: string; readonly empty?: string }) {
  const { proposals } = list;
  if (proposals.length === 0 && empty === undefined) return null;
  return (
    <Panel
      title={title}
      aside={proposals.length === 0 ? undefined : countOf(proposals.length, 'proposal')}
      className="mb-6"
    >
      {proposals.length === 0 ? <p className="text-sm text-muted">{empty}</p> : <ProposalHistory {...list} />}
    </Panel>
  );
}

/** Each proposal: who wants what and why, what it would have done, and what was decided. */
export function ProposalHistory({ proposals, rejudging }: ListProps) {
  return (
    <ol className="divide-y border-y">
      {proposals.map((proposal) => (
        <ProposalItem
          key={proposal.id}
          proposal={proposal}
          rejudging={rejudging.some(
            (one) => one.ruleId === proposal.ruleId && one.version === proposal.decision?.version,
          )}
        />
      ))}
    </ol>
  );
}
