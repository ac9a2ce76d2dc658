import { z } from 'zod';
import {
  email,
  flag,
  folder,
  httpUrl,
  key,
  ldapUrl,
  listOf,
  network,
  port,
  postgresUrl,
  redisUrl,
  region,
  smtpUrl,
  source,
  storage,
} from './kinds';
import { LOG_LEVEL } from './log-level';

const text = z.string();

/** Every variable the product reads, with its line in `.env.example`. Names are fixed (design 9). */
export const VARIABLES = z.object({
  DATABASE_URL: setting(
    postgresUrl.optional(),
    'PostgreSQL 15 or newer; unset, an embedded one is kept in DATA_DIR',
    'postgresql://tally_app:secret@localhost:5432/tallystick',
  ),
  DATABASE_OWNER_URL: setting(
    postgresUrl.optional(),
    'Login for migrations; with it, DATABASE_URL needs no rights over tables and the database itself keeps facts append-only',
    'postgresql://postgres:secret@localhost:5432/tallystick',
  ),
  REDIS_URL: setting(
    redisUrl.optional(),
    'Redis or Valkey for the queue; unset, the queue lives in PostgreSQL',
    'redis://localhost:6379',
  ),
  PORT: setting(port.default(3000), 'Port of the web application', '3000'),
  HOST: setting(
    text.default('127.0.0.1'),
    'Address the web application listens on; 0.0.0.0 for all',
    '127.0.0.1',
  ),
  PUBLIC_URL: setting(
    httpUrl.optional(),
    'Address people type; default http://localhost:$PORT; https makes cookies secure',
    'https://tallystick.example.com',
  ),
  ALLOW_HTTP: setting(
    flag.default(false),
    '1 allows a PUBLIC_URL with http on a name that is not loopback',
    '0',
  ),
  PROXY_PORT: setting(port.default(3100), 'Port of the read proxy', '3100'),
  DATA_DIR: setting(
    folder.prefault('.data'),
    'Folder for the embedded database, kept keys and the default vault',
    '.data',
  ),
  NODE_ENV: setting(
    z
      .enum(['development', 'production', 'test'], 'is none of development, production, test')
      .default('production'),
    'development, production or test',
    'production',
  ),
  LOG_LEVEL: setting(LOG_LEVEL.default('info'), 'fatal, error, warn, info, debug, trace or silent', 'info'),
  AUTH_SECRET: setting(
    key.optional(),
    'Signs session cookies; unset, made at first start and kept in DATA_DIR',
  ),
  SECRETS_KEY: setting(
    key.optional(),
    'Encrypts stored credentials; unset, made at first start and kept in DATA_DIR',
  ),
  SIGNING_KEY: setting(
    text.optional(),
    'Signs checkpoints and evidence; unset, made at first start and kept in DATA_DIR',
  ),
  GENESYS_REGION: setting(
    region.optional(),
    'Region of the Genesys Cloud organisation, such as mypurecloud.ie',
    'mypurecloud.ie',
  ),
  GENESYS_GATEWAY_URL: setting(
    httpUrl.optional(),
    'Instead of GENESYS_REGION: a gateway in front of Genesys Cloud',
    'http://127.0.0.1:4010',
  ),
  GENESYS_CLIENT_ID: setting(
    text.optional(),
    'OAuth client (client credentials) with permission to view audits',
  ),
  GENESYS_CLIENT_SECRET: setting(text.optional(), 'Its secret'),
  GENESYS_RESPONDER_CLIENT_ID: setting(
    text.optional(),
    'OAuth client of its own for responses, so that the one above may only read',
  ),
  GENESYS_RESPONDER_CLIENT_SECRET: setting(text.optional(), 'Its secret'),
  HRIS_SOURCE: setting(source.optional(), 'Path or address of the HR export, CSV or JSON', './hris.csv'),
  JIRA_BASE_URL: setting(httpUrl.optional(), 'Jira site', 'https://example.atlassian.net'),
  JIRA_EMAIL: setting(email.optional(), 'Account the Jira token belongs to'),
  JIRA_API_TOKEN: setting(text.optional(), 'Jira API token'),
  SERVICENOW_BASE_URL: setting(httpUrl.optional(), 'ServiceNow instance', 'https://example.service-now.com'),
  SERVICENOW_USER: setting(
    text.optional(),
    'ServiceNow account that may read change requests and, where alerts go there, open incidents',
  ),
  SERVICENOW_PASSWORD: setting(text.optional(), 'Its password'),
  GIT_REPOSITORIES: setting(
    listOf(text).optional(),
    'Paths or addresses of CX as Code repositories, separated by commas',
    'https://git.example.com/cx-as-code.git',
  ),
  GITHUB_API_URL: setting(
    httpUrl.optional(),
    'API of GitHub, which knows the reviews of repositories on it; an Enterprise Server’s ends in /api/v3',
    'https://api.github.com',
  ),
  GITHUB_TOKEN: setting(text.optional(), 'Token that may read its repositories and pull requests'),
  GITLAB_BASE_URL: setting(
    httpUrl.optional(),
    'GitLab, which knows the reviews of repositories on it',
    'https://gitlab.com',
  ),
  GITLAB_TOKEN: setting(text.optional(), 'Token with the scope read_api'),
  SLACK_WEBHOOK_URL: setting(httpUrl.optional(), 'Incoming webhook of the Slack channel for alerts'),
  SMTP_URL: setting(smtpUrl.optional(), 'Mail server for alerts', 'smtp://user:secret@localhost:587'),
  SMTP_FROM: setting(text.optional(), 'Sender of alert mails', 'Tallystick <tallystick@example.com>'),
  ALERT_EMAIL: setting(
    listOf(email).optional(),
    'Who gets alert mails, separated by commas',
    'compliance@example.com',
  ),
  OUTBOUND_ALLOWLIST: setting(
    listOf(network).optional(),
    'Networks inside your own walls that alerts may be sent to, separated by commas; without it only public https addresses',
    '10.20.0.0/16,192.168.7.9/32',
  ),
  SPLUNK_HEC_URL: setting(
    httpUrl.optional(),
    'Splunk HTTP event collector',
    'https://splunk.example.com:8088',
  ),
  SPLUNK_HEC_TOKEN: setting(text.optional(), 'Its token'),
  DATADOG_SITE: setting(text.optional(), 'Datadog site', 'datadoghq.eu'),
  DATADOG_API_KEY: setting(text.optional(), 'Datadog API key'),
  CRM_BASE_URL: setting(httpUrl.optional(), 'CRM behind the read proxy'),
  CRM_TOKEN: setting(text.optional(), 'Token the read proxy shows the CRM'),
  VAULT: setting(
    storage.optional(),
    'Where raw pages and packages are put once; default file:$DATA_DIR/vault',
    'file:/var/lib/tallystick/vault',
  ),
  LAKE: setting(
    storage.optional(),
    'Where Parquet files go; default file:$DATA_DIR/lake',
    'file:/var/lib/tallystick/lake',
  ),
  OIDC_ISSUER: setting(
    httpUrl.optional(),
    'Issuer of the OpenID provider for sign-in',
    'https://login.example.com',
  ),
  OIDC_CLIENT_ID: setting(text.optional(), 'Client registered there'),
  OIDC_CLIENT_SECRET: setting(text.optional(), 'Its secret'),
  LDAP_URL: setting(ldapUrl.optional(), 'Directory with people and groups', 'ldaps://ldap.example.com'),
  LDAP_BIND_DN: setting(text.optional(), 'Account that reads the directory'),
  LDAP_BIND_PASSWORD: setting(text.optional(), 'Its password'),
  LDAP_BASE_DN: setting(text.optional(), 'Where to look', 'dc=example,dc=com'),
  SQS_QUEUE_URL: setting(httpUrl.optional(), 'Amazon SQS queue that EventBridge delivers to'),
  TSA_URL: setting(httpUrl.optional(), 'RFC 3161 time-stamping service for checkpoints'),
  POLICY_FILE: setting(
    folder.optional(),
    'JSON file with divisions, pipeline clients, windows and thresholds, applied at start',
    './policy.json',
  ),
});

export type VariableName = z.infer<ReturnType<typeof VARIABLES.keyof>>;

export const VARIABLE_NAMES: readonly VariableName[] = VARIABLES.keyof().options;

/** What is said about a variable, and a value that shows it. */
export function describeVariable(name: VariableName): { readonly about: string; readonly example: string } {
  const meta = VARIABLES.shape[name].meta();
  return { about: meta?.description ?? '', example: typeof meta?.example === 'string' ? meta.example : '' };
}

function setting<S extends z.ZodType>(schema: S, about: string, example?: string): S {
  return schema.meta({ description: about, ...(example ? { example } : {}) });
}
