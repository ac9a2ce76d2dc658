import path from 'node:path';
import { policyAt } from '@/lib/auth/settings/apply-policy';
import type { SourceEnvironment } from '@/lib/auth/settings/environment-sources';
import type { Policy } from '@/lib/auth/settings/policy';
import { resolveSources } from '@/lib/auth/settings/resolve-sources';
import type { SourceConfig } from '@/lib/auth/settings/source-config';
import { gitRepositories } from '@/lib/connectors/vendors/git/git';
import { gitHub } from '@/lib/connectors/vendors/github/github';
import { gitLab } from '@/lib/connectors/vendors/gitlab/gitlab';
import { jiraCloud } from '@/lib/connectors/vendors/jira/jira';
import { serviceNow } from '@/lib/connectors/vendors/servicenow/servicenow';
import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import { knownClients } from '@/lib/directory/known-clients';
import { calendarAt } from '@/lib/directory/windows/calendar-at';
import type { LinkDependencies } from './link-changes';
import type { PlanningPolicy } from './model/decide-planning';
import type { LinkSources } from './sources';

/** The part of the environment that sources of links need; `env()` fits. */
export type LinkEnvironment = SourceEnvironment & { readonly DATA_DIR: string };

/** Where tickets and commits of an organisation are looked up, of all the sources that are configured. */
export function linkSources(
  sources: readonly SourceConfig[],
  of: { readonly orgId: string; readonly policy: Policy; readonly cacheDir: string },
): LinkSources {
  const mine = sources.filter((one) => one.orgId === null || one.orgId === of.orgId);
  const jira = mine.find((one) => one.kind === 'jira');
  const servicenow = mine.find((one) => one.kind === 'servicenow');
  const git = mine.flatMap((one) => (one.kind === 'git' ? one.repositories : []));
  const hosts = [
    ...mine.flatMap((one) => (one.kind === 'github' ? [gitHub(one)] : [])),
    ...mine.flatMap((one) => (one.kind === 'gitlab' ? [gitLab(one)] : [])),
  ];
  const approved = of.policy.approvedStatuses;
  return {
    jira: jira
      ? jiraCloud({ ...jira, ...(approved ? { words: { approvedStatuses: approved } } : {}) })
      : null,
    servicenow: servicenow ? serviceNow(servicenow) : null,
    reviewHosts: hosts,
    git: git.length > 0 ? gitRepositories({ repositories: git, dataDir: of.cacheDir, hosts }) : null,
  };
}

/** What decides planning: the pipelines' OAuth clients, which the policy names by id or by name. All freezes stand in the calendar. */
export async function planningPolicy(sql: Sql, orgId: string, policy: Policy): Promise<PlanningPolicy> {
  const clients = await knownClients(sql, orgId);
  const named = new Map([...clients.values()].map((client) => [client.name, client.id]));
  return {
    pipelineClients: new Set((policy.pipelineClients ?? []).map((client) => named.get(client) ?? client)),
    freezes: [],
  };
}

/** Everything that judging needs, opened for one act; nothing is asked yet. */
export async function openLinks(
  world: { readonly db: Database; readonly env: LinkEnvironment },
  of: { readonly orgId: string; readonly now: Date },
): Promise<LinkDependencies> {
  const { db, env } = world;
  const policy = await policyAt(db.sql, { orgId: of.orgId, at: of.now });
  const cacheDir = path.join(env.DATA_DIR, 'cache');
  return {
    db,
    sources: linkSources(await resolveSources(db, env), { orgId: of.orgId, policy, cacheDir }),
    policy: await planningPolicy(db.sql, of.orgId, policy),
    calendar: await calendarAt(db.sql, of.orgId),
    now: () => of.now,
  };
}
