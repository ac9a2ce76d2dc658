'use client';

import { useApi } from '@/components/api/use-api';
import { useOrganizationName, useOrganizations } from '@/components/frame/use-organizations';
import { SETTINGS_PATH } from '@/components/settings/settings-paths';
import { Badge } from '@/components/ui/badge';
import { Definition } from '@/components/ui/data/definition';
import { countOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { Panel } from '@/components/ui/layout/panel';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { SettingDto, SettingsDto } from '@/lib/auth/contract';
import { inForce } from './policy/in-force';
import { MovesPolicy } from './policy/moves-policy';
import { policyWords } from './policy/policy-words';
import { PolicyValue } from './policy-value';

const ORIGINS = {
  person: 'set on a page or by a key',
  operator: 'set on the command line',
  policy_file: 'from the policy file',
  system: 'set by the product',
} as const;

const PARTS: Readonly<Record<string, string>> = {
  'policy.divisions': 'Tags of divisions',
  'policy.pipelineClients': 'Pipeline clients',
  'policy.platformNoise': 'Excused records',
  'policy.windows': 'Change windows',
  'policy.freezes': 'Freezes',
  'policy.approvedStatuses': 'Ticket statuses that count as approved',
  'policy.roleRules': 'Role rules',
  'policy.ipAllowList': 'Allowed addresses',
  'policy.moveReview': 'Review of division moves',
  'policy.responses': 'Guarded responses',
  'policy.highRisk': 'High-risk rules',
  'policy.controls': 'Thresholds of controls',
};

/** What the organisation says about its own things, as it is in force now, and what it was before. */
export function PolicyPage() {
  const answer = useApi<SettingsDto>(SETTINGS_PATH);
  const organizations = useOrganizations().data?.items ?? [];
  if (answer.isError) {
    return (
      <ErrorState
        doing="cannot show the policies"
        error={answer.error}
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <SkeletonRows label="Reading the policies" />;
  const { items, history, environment } = answer.data;
  const holding = inForce(
    items,
    organizations.map(({ id }) => id),
  );
  return (
    <div className="flex flex-col gap-8">
      <Panel
        title="In force"
        aside="Applied with POLICY_FILE, tallystick policy apply, or PUT /api/v1/settings/policy"
      >
        {holding.length === 0 ? (
          <EmptyState title="No policy has been set">
            Without one, a boundary crossing is not evaluated, no change window is known, and no OAuth client
            counts as a pipeline. The schema of the policy file lies in the repository.
          </EmptyState>
        ) : (
          <ul className="divide-y border-y">
            {holding.map((setting) => (
              <Setting key={setting.id} setting={setting} />
            ))}
          </ul>
        )}
      </Panel>
      <MovesPolicy items={items} />
      <Panel title="History" aside={`${countOf(history.length, 'version')}, newest first`}>
        <ol className="flex flex-col gap-1 text-sm">
          {history.map((setting) => (
            <li key={setting.id} className="flex flex-wrap gap-x-3">
              <Time at={setting.validFrom} />
              <span className="font-mono">{setting.name}</span>
              <span className="text-muted">
                {ORIGINS[setting.origin]}, {setting.setBy}
              </span>
            </li>
          ))}
        </ol>
      </Panel>
      <Panel title="Set by the environment" aside="Read-only here">
        {environment.length === 0 ? (
          <p className="text-muted">Nothing that this page shows is set by the environment.</p>
        ) : (
          <Definition
            rows={environment.map((one) => ({
              term: one.variable,
              value:
                one.value === null ? (
                  <span className="text-muted">set, not shown</span>
                ) : (
                  <span className="font-mono text-sm">{one.value}</span>
                ),
            }))}
          />
        )}
      </Panel>
    </div>
  );
}

function Setting({ setting }: { readonly setting: SettingDto }) {
  const nameOf = useOrganizationName();
  const words = policyWords(setting.name, setting.value);
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-medium">{PARTS[setting.name] ?? setting.name}</span>
        <span className="font-mono text-xs text-muted">{setting.name}</span>
        <Badge>{setting.orgId === null ? 'every organisation' : nameOf(setting.orgId)}</Badge>
        <span className="text-sm text-muted">
          since <Time at={setting.validFrom} />, {ORIGINS[setting.origin]}, {setting.setBy}
        </span>
      </div>
      <div className="mt-2">
        {words === null ? (
          <PolicyValue value={setting.value} />
        ) : (
          <ul className="text-sm">
            {words.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
