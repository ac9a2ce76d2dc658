import type { Env } from '@/lib/env/load-env';
import type { SourceConfig } from './source-config';

/** The part of the environment that names sources; `env()` fits. */
export type SourceEnvironment = Partial<
  Pick<
    Env,
    | 'GENESYS_REGION'
    | 'GENESYS_GATEWAY_URL'
    | 'GENESYS_CLIENT_ID'
    | 'GENESYS_CLIENT_SECRET'
    | 'GENESYS_RESPONDER_CLIENT_ID'
    | 'GENESYS_RESPONDER_CLIENT_SECRET'
    | 'JIRA_BASE_URL'
    | 'JIRA_EMAIL'
    | 'JIRA_API_TOKEN'
    | 'SERVICENOW_BASE_URL'
    | 'SERVICENOW_USER'
    | 'SERVICENOW_PASSWORD'
    | 'GIT_REPOSITORIES'
    | 'GITHUB_API_URL'
    | 'GITHUB_TOKEN'
    | 'GITLAB_BASE_URL'
    | 'GITLAB_TOKEN'
    | 'HRIS_SOURCE'
  >
>;

/** What the environment connects; read-only on the Settings pages. Pure. */
export function environmentSources(env: SourceEnvironment): SourceConfig[] {
  const sources: SourceConfig[] = [];
  const base = { origin: 'environment', orgId: null, name: 'Set by the environment' } as const;
  const place = env.GENESYS_REGION ?? env.GENESYS_GATEWAY_URL;
  if (place && env.GENESYS_CLIENT_ID && env.GENESYS_CLIENT_SECRET) {
    sources.push({
      ...base,
      id: 'env_genesys',
      kind: 'genesys',
      region: env.GENESYS_REGION ?? null,
      gatewayUrl: env.GENESYS_GATEWAY_URL ?? null,
      clientId: env.GENESYS_CLIENT_ID,
      clientSecret: env.GENESYS_CLIENT_SECRET,
      responderClientId: env.GENESYS_RESPONDER_CLIENT_ID ?? null,
      responderClientSecret: env.GENESYS_RESPONDER_CLIENT_SECRET ?? null,
    });
  }
  if (env.JIRA_BASE_URL && env.JIRA_EMAIL && env.JIRA_API_TOKEN) {
    sources.push({
      ...base,
      id: 'env_jira',
      kind: 'jira',
      baseUrl: env.JIRA_BASE_URL,
      email: env.JIRA_EMAIL,
      apiToken: env.JIRA_API_TOKEN,
    });
  }
  if (env.SERVICENOW_BASE_URL && env.SERVICENOW_USER && env.SERVICENOW_PASSWORD) {
    sources.push({
      ...base,
      id: 'env_servicenow',
      kind: 'servicenow',
      baseUrl: env.SERVICENOW_BASE_URL,
      user: env.SERVICENOW_USER,
      password: env.SERVICENOW_PASSWORD,
    });
  }
  if (env.GIT_REPOSITORIES?.length) {
    sources.push({ ...base, id: 'env_git', kind: 'git', repositories: env.GIT_REPOSITORIES });
  }
  if (env.GITHUB_API_URL && env.GITHUB_TOKEN) {
    sources.push({
      ...base,
      id: 'env_github',
      kind: 'github',
      apiUrl: env.GITHUB_API_URL,
      token: env.GITHUB_TOKEN,
    });
  }
  if (env.GITLAB_BASE_URL && env.GITLAB_TOKEN) {
    sources.push({
      ...base,
      id: 'env_gitlab',
      kind: 'gitlab',
      baseUrl: env.GITLAB_BASE_URL,
      token: env.GITLAB_TOKEN,
    });
  }
  if (env.HRIS_SOURCE) sources.push({ ...base, id: 'env_hris', kind: 'hris', location: env.HRIS_SOURCE });
  return sources;
}
