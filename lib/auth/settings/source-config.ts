/** A source with everything needed to connect to it. Holds secrets: never logged, never sent. */
export type SourceConfig =
  | GenesysSource
  | JiraSource
  | ServiceNowSource
  | GitSource
  | GitHubSource
  | GitLabSource
  | HrisSource;

type Base = {
  /** `src_…`, or `env_<kind>` for what the environment sets. */
  readonly id: string;
  readonly origin: 'environment' | 'settings';
  readonly name: string;
  /** The organisation it belongs to. Null: all of them, or, for Genesys, not known before the first contact. */
  readonly orgId: string | null;
};

export type GenesysSource = Base & {
  readonly kind: 'genesys';
  /** Either the region or the gateway is given. */
  readonly region: string | null;
  readonly gatewayUrl: string | null;
  readonly clientId: string;
  readonly clientSecret: string;
  /** A client of its own for responses, so that the one that reads may only read; null: that one answers, if it may. */
  readonly responderClientId: string | null;
  readonly responderClientSecret: string | null;
};
export type JiraSource = Base & {
  readonly kind: 'jira';
  readonly baseUrl: string;
  readonly email: string;
  readonly apiToken: string;
};
export type ServiceNowSource = Base & {
  readonly kind: 'servicenow';
  readonly baseUrl: string;
  readonly user: string;
  readonly password: string;
};
export type GitSource = Base & { readonly kind: 'git'; readonly repositories: readonly string[] };
export type GitHubSource = Base & {
  readonly kind: 'github';
  readonly apiUrl: string;
  readonly token: string;
};
export type GitLabSource = Base & {
  readonly kind: 'gitlab';
  readonly baseUrl: string;
  readonly token: string;
};
/** `location` is an address, or (from the environment only) a path. */
export type HrisSource = Base & { readonly kind: 'hris'; readonly location: string };
