import { apiPath } from '@/components/api/api-key';
import { type PageScope, scopeQuery } from '@/components/url/page-scope';
import { bucketOf } from '@/components/url/period';
import { toIso } from '@/lib/kernel/instant';

/** What the overview asks, in one place: its server part asks the same beforehand. */
export const HIGH_RISK = ['high', 'critical'] as const;
/** Enough for the small timeline; the doors lead to all of them. */
export const HIGH_RISK_SHOWN = 100;

/** The rate as it stands now, or as it stood at `at`. */
export function ratePath(scope: PageScope, at: Date | null = null): string {
  return apiPath('/api/v1/metrics/unlinked-change-rate', {
    ...scopeQuery(scope),
    bucket: bucketOf(scope.range),
    ...(at === null ? {} : { asOf: toIso(at) }),
  });
}

export function highRiskPath(scope: PageScope): string {
  return apiPath('/api/v1/changes', { ...scopeQuery(scope), risk: HIGH_RISK, limit: HIGH_RISK_SHOWN });
}

export function highRiskFacetsPath(scope: PageScope): string {
  return apiPath('/api/v1/changes/facets', { ...scopeQuery(scope), risk: HIGH_RISK });
}

export function coveragePath(scope: PageScope): string {
  return apiPath('/api/v1/coverage', scopeQuery(scope));
}

/** Critical alerts nobody took, of whatever age. */
export function criticalAlertsPath(scope: Pick<PageScope, 'orgs'>): string {
  return apiPath('/api/v1/alerts', { org: scope.orgs, state: 'open', severity: 'critical', limit: 20 });
}

export function runsPath(scope: PageScope): string {
  return apiPath('/api/v1/collections', { org: scope.orgs, limit: 50 });
}

export function quarantinePath(scope: PageScope): string {
  return apiPath('/api/v1/quarantine', { org: scope.orgs, state: 'open', limit: 100 });
}

export function observationsPath(scope: PageScope): string {
  return apiPath('/api/v1/observations', { org: scope.orgs, limit: 100 });
}
