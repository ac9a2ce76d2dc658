'use client';

import { useApi } from '@/components/api/use-api';
import { useOrganizationName } from '@/components/frame/use-organizations';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { RiskRulesDto } from '@/lib/changes/contract/risk-rules';
import { RISK_RULES_PATH } from '../settings-paths';
import { OrganizationRules } from './organization-rules';

/** What counts as high-risk: the table of rules, who changed it and when, and what waits for a second person. */
export function HighRiskPage() {
  const { orgs } = useScope();
  const nameOf = useOrganizationName();
  const answer = useApi<RiskRulesDto>(RISK_RULES_PATH, {
    live: (last) => (last?.organizations.some((one) => one.rejudging.length > 0) ? 4_000 : 60_000),
  });
  if (answer.isError) {
    return (
      <ErrorState
        doing="cannot show the table of high-risk changes"
        error={answer.error}
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <SkeletonRows rows={12} label="Reading the high-risk rules" />;
  const { organizations, counted } = answer.data;
  const shown = organizations.filter(({ orgId }) => orgs.length === 0 || orgs.includes(orgId));
  if (shown.length === 0) {
    return (
      <EmptyState title="No organisation is connected yet">
        The table of high-risk changes belongs to an organisation.
      </EmptyState>
    );
  }
  return (
    <>
      <p className="mb-5 max-w-180 text-muted">
        A change has the highest level of all rules it fits, and every rule’s reason is shown with it. One
        person proposes a change of this table and another approves it; it then judges changes from the
        instant it says on, and each change names the version that judged it.
      </p>
      <div className="flex flex-col gap-10">
        {shown.map((organization) => (
          <OrganizationRules
            key={organization.orgId}
            organization={organization}
            counted={counted}
            name={nameOf(organization.orgId)}
          />
        ))}
      </div>
    </>
  );
}
