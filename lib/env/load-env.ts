import path from 'node:path';
import type { z } from 'zod';
import { VARIABLE_NAMES, VARIABLES, type VariableName } from './variables';

type Values = Readonly<z.infer<typeof VARIABLES>>;

export type Env = Values & {
  /** Origin that people type, without a slash at the end. */
  readonly publicUrl: string;
  /** Whether people come by https: decides cookie names, Secure and HSTS. */
  readonly secureCookies: boolean;
  /** Address of the vault, always given: `file:/…` or `s3://…`. */
  readonly vault: string;
  /** Address of the lake, likewise. */
  readonly lake: string;
  /** Names of the variables that were set, for "set by the environment, read-only" on the Settings pages. */
  readonly set: ReadonlySet<VariableName>;
};

export type LoadedEnv =
  | { readonly ok: true; readonly env: Env }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The configuration in `source`, or one sentence per problem. Pure; an empty text counts as not set. */
export function loadEnv(source: Readonly<Record<string, string | undefined>>): LoadedEnv {
  const set = new Set<VariableName>();
  const given: Partial<Record<VariableName, string>> = {};
  for (const name of VARIABLE_NAMES) {
    const value = source[name]?.trim();
    if (!value) continue;
    given[name] = value;
    set.add(name);
  }
  const parsed = VARIABLES.safeParse(given);
  const problems = parsed.success
    ? []
    : VARIABLE_NAMES.flatMap((name) => problemOf(name, given[name] ?? '', parsed.error));
  problems.push(...together(set));
  if (!parsed.success) return { ok: false, problems };
  const values = parsed.data;
  const web = publicAddress(values, problems);
  if (values.PORT === values.PROXY_PORT) {
    problems.push(`PORT and PROXY_PORT are both ${values.PORT}; set one of them to another port.`);
  }
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    env: {
      ...values,
      ...web,
      vault: values.VAULT ?? `file:${path.join(values.DATA_DIR, 'vault')}`,
      lake: values.LAKE ?? `file:${path.join(values.DATA_DIR, 'lake')}`,
      set,
    },
  };
}

function problemOf(name: VariableName, given: string, error: z.ZodError): string[] {
  const issue = error.issues.find((one) => one.path[0] === name);
  return issue ? [`${name} ${issue.message}${shown(name, given)}.`] : [];
}

/** Values are shown only where they cannot hold a secret; addresses can. */
function shown(name: VariableName, given: string): string {
  const plain = [
    'PORT',
    'PROXY_PORT',
    'HOST',
    'LOG_LEVEL',
    'NODE_ENV',
    'ALLOW_HTTP',
    'GENESYS_REGION',
    'VAULT',
    'LAKE',
    'ALERT_EMAIL',
    'OUTBOUND_ALLOWLIST',
    'JIRA_EMAIL',
  ];
  return plain.includes(name) ? `: it is "${given}"` : '';
}

/** Variables that make sense only all together: the first names the thing, the rest belong to it. */
const SETS: readonly (readonly VariableName[])[] = [
  ['GENESYS_CLIENT_ID', 'GENESYS_CLIENT_SECRET'],
  ['GENESYS_RESPONDER_CLIENT_ID', 'GENESYS_RESPONDER_CLIENT_SECRET'],
  ['JIRA_BASE_URL', 'JIRA_EMAIL', 'JIRA_API_TOKEN'],
  ['SERVICENOW_BASE_URL', 'SERVICENOW_USER', 'SERVICENOW_PASSWORD'],
  ['SPLUNK_HEC_URL', 'SPLUNK_HEC_TOKEN'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
  ['LDAP_BIND_DN', 'LDAP_BIND_PASSWORD'],
];

function together(set: ReadonlySet<VariableName>): string[] {
  const problems: string[] = [];
  for (const names of SETS) {
    const missing = names.filter((name) => !set.has(name));
    const given = names.filter((name) => set.has(name));
    if (missing.length > 0 && given.length > 0) {
      problems.push(
        `${given.join(' and ')} ${given.length > 1 ? 'are' : 'is'} set but ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not.`,
      );
    }
  }
  if (set.has('GENESYS_REGION') && set.has('GENESYS_GATEWAY_URL')) {
    problems.push('GENESYS_REGION and GENESYS_GATEWAY_URL are both set; keep the one that is meant.');
  }
  if (set.has('GENESYS_CLIENT_ID') && !set.has('GENESYS_REGION') && !set.has('GENESYS_GATEWAY_URL')) {
    problems.push('GENESYS_CLIENT_ID is set but neither GENESYS_REGION nor GENESYS_GATEWAY_URL is.');
  }
  if (set.has('DATABASE_OWNER_URL') && !set.has('DATABASE_URL')) {
    problems.push(
      'DATABASE_OWNER_URL is set but DATABASE_URL is not; set both, or neither for the embedded database.',
    );
  }
  if (set.has('DATADOG_API_KEY') && !set.has('DATADOG_SITE'))
    problems.push('DATADOG_API_KEY is set but DATADOG_SITE is not.');
  return problems;
}

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** https: secure cookies; http on a loopback name: plain ones; http elsewhere only when ALLOW_HTTP says so (design 3). */
function publicAddress(values: Values, problems: string[]): { publicUrl: string; secureCookies: boolean } {
  if (!values.PUBLIC_URL) return { publicUrl: `http://localhost:${values.PORT}`, secureCookies: false };
  const url = new URL(values.PUBLIC_URL);
  if (url.pathname !== '/' || url.search || url.hash || url.username) {
    problems.push('PUBLIC_URL must be scheme, name and port alone, such as https://tallystick.example.com.');
  }
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname) && !values.ALLOW_HTTP) {
    problems.push(
      `PUBLIC_URL is http on ${url.hostname}, where session cookies could be read on the way; use https, or set ALLOW_HTTP=1 to accept that.`,
    );
  }
  return { publicUrl: url.origin, secureCookies: url.protocol === 'https:' };
}
