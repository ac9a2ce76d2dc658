import fs from 'node:fs';
import { enforcement } from '@/lib/db/enforcement';
import type { ReadyDatabase } from '@/lib/db/ensure-database';
import { secretFile } from '@/lib/env/kept-secrets';
import { type ConnectionReport, checkPermissions } from '@/lib/genesys/check-permissions';
import { messageOf } from '@/lib/kernel/errors';
import { SECOND_MS } from '@/lib/kernel/instant';
import { type Connection, Connections } from './connections';
import type { Product } from './product';

/** One thing `doctor` looked at. */
export type Examination = {
  readonly about: string;
  readonly state: 'ok' | 'warning' | 'failed' | 'not_evaluated';
  readonly says: string;
  /** What to do; null when there is nothing to do. */
  readonly mend: string | null;
};

/** More than this between the platform's clock and ours makes times misleading. */
const MAX_SKEW_SECONDS = 2;
const NODE_MAJORS = [20, 22, 24];

/** Looks at everything the product stands on. Nothing is changed. */
export async function examine(product: Product, ready: ReadyDatabase): Promise<Examination[]> {
  const findings = [examineNode(), await examineDatabase(product, ready), examineKeys(product)];
  findings.push({
    about: 'Ledger',
    state: 'not_evaluated',
    says: 'leaves are kept, not sealed: sealing is not part of this version',
    mend: null,
  });
  const { connections, failures, sources } = await impatient(product).reach();
  for (const failure of failures)
    findings.push({
      about: `Genesys Cloud (${failure.name})`,
      state: 'failed',
      says: failure.because,
      mend: 'Check region, client id and secret; a client works only in the region it was made in.',
    });
  if (!sources.some((source) => source.kind === 'genesys'))
    findings.push({
      about: 'Genesys Cloud',
      state: 'failed',
      says: 'no organisation is connected',
      mend: 'Set GENESYS_REGION, GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET, or add the organisation under Settings.',
    });
  for (const connection of connections) findings.push(...(await examineConnection(connection)));
  return findings;
}

/** Whoever asks a doctor waits in front of the screen: what does not answer soon is said not to answer. */
const PATIENCE = { requestTimeoutMs: 10 * SECOND_MS, giveUpAfterMs: 20 * SECOND_MS };

function impatient({ db, env, cacheDir }: Product): Connections {
  return new Connections(db, env, cacheDir, { limits: PATIENCE });
}

function examineNode(): Examination {
  const major = Number(process.versions.node.split('.')[0]);
  const supported = NODE_MAJORS.includes(major);
  return {
    about: 'Node',
    state: supported ? 'ok' : 'warning',
    says: `version ${process.versions.node}`,
    mend: supported ? null : `Supported are ${NODE_MAJORS.join(', ')}.`,
  };
}

async function examineDatabase(product: Product, ready: ReadyDatabase): Promise<Examination> {
  const [row] = await product.db.sql.query<{ version: string }>(
    `select current_setting('server_version') as version`,
  );
  const kept = await enforcement(product.db.sql);
  const where = ready.embedded
    ? `embedded PostgreSQL ${row?.version}`
    : `PostgreSQL ${row?.version} of DATABASE_URL`;
  return {
    about: 'Database',
    state: kept.enforced ? 'ok' : 'warning',
    says: `${where}; append-only ${kept.enforced ? 'kept by the database' : 'not kept by the database'}`,
    mend: kept.because,
  };
}

function examineKeys(product: Product): Examination {
  const names = { AUTH_SECRET: 'auth', SECRETS_KEY: 'secrets' } as const;
  const kept = Object.entries(names).filter(([, name]) =>
    fs.existsSync(secretFile(product.env.DATA_DIR, name)),
  );
  return {
    about: 'Keys',
    state: 'ok',
    says:
      kept.length === 0
        ? 'AUTH_SECRET and SECRETS_KEY come from the environment, or are made at first start'
        : `${kept.map(([variable]) => variable).join(' and ')} kept in DATA_DIR; back that folder up, stored credentials cannot be read without it`,
    mend: null,
  };
}

async function examineConnection(connection: Connection): Promise<Examination[]> {
  const about = `Genesys Cloud, ${connection.orgName}`;
  const report = await checkPermissions(connection.genesys);
  if (!report.connected)
    return [{ about, state: 'failed', says: report.because ?? 'not connected', mend: report.hint ?? null }];
  return [
    { about, state: 'ok', says: `connected, organisation ${connection.orgId}`, mend: null },
    ...report.checks.map((check) => examineCheck(about, check)),
    examineLicence(about, report),
    examineExcess(about, report),
    examineSkew(about, report),
    ...(await examineLinkSources(connection)),
  ];
}

function examineCheck(about: string, check: ConnectionReport['checks'][number]): Examination {
  const connected = check.state === 'connected';
  return {
    about: `${about}, ${check.title}`,
    state: connected
      ? 'ok'
      : check.required
        ? 'failed'
        : check.state === 'failed'
          ? 'warning'
          : 'not_evaluated',
    says: connected
      ? 'readable'
      : check.state === 'missing_permission'
        ? `${check.required ? '' : 'not evaluated, '}permission missing: ${check.permissions.join(', ')}`
        : (check.because ?? 'not available'),
    mend: check.mend ?? null,
  };
}

function examineLicence(about: string, { licence }: ConnectionReport): Examination {
  if (licence.kind === 'not_evaluated')
    return { about: `${about}, licence`, state: 'not_evaluated', says: licence.because, mend: null };
  const { tier, names, sufficient } = licence.value;
  return {
    about: `${about}, licence`,
    state: sufficient ? 'ok' : 'warning',
    says: `CX ${tier} (${names.join(', ')}), ${sufficient ? 'sufficient' : 'too small'}`,
    mend: sufficient ? null : 'Divisions and the audit log need Genesys Cloud CX 2 or CX 3.',
  };
}

function examineExcess(about: string, { excess }: ConnectionReport): Examination {
  if (excess.kind === 'not_evaluated')
    return { about: `${about}, least privilege`, state: 'not_evaluated', says: excess.because, mend: null };
  const beyond = excess.value.beyond;
  return beyond.length === 0
    ? {
        about: `${about}, least privilege`,
        state: 'ok',
        says: 'the client may do no more than is needed',
        mend: null,
      }
    : {
        about: `${about}, least privilege`,
        state: 'warning',
        says: `the client may do more than is needed: ${beyond.slice(0, 8).join(', ')}${beyond.length > 8 ? ` and ${beyond.length - 8} more` : ''}`,
        mend: 'Give it a role of its own with the permissions that the README lists.',
      };
}

function examineSkew(about: string, { clockSkewSeconds }: ConnectionReport): Examination {
  if (clockSkewSeconds.kind === 'not_evaluated')
    return { about: `${about}, clock`, state: 'not_evaluated', says: clockSkewSeconds.because, mend: null };
  const seconds = clockSkewSeconds.value;
  const apart = Math.abs(seconds) > MAX_SKEW_SECONDS;
  return {
    about: `${about}, clock`,
    state: apart ? 'warning' : 'ok',
    says: `${Math.abs(seconds)} s apart`,
    mend: apart ? 'Set this machine’s clock by NTP.' : null,
  };
}

const REVIEW_HOSTS = [
  { name: 'GitHub', how: 'Where repositories stand there, set GITHUB_API_URL and GITHUB_TOKEN.' },
  { name: 'GitLab', how: 'Where repositories stand there, set GITLAB_BASE_URL and GITLAB_TOKEN.' },
] as const;

async function examineLinkSources({ links, orgName }: Connection): Promise<Examination[]> {
  const checks = [
    {
      about: `Jira, ${orgName}`,
      source: links.jira,
      how: 'Set JIRA_BASE_URL, JIRA_EMAIL and JIRA_API_TOKEN.',
    },
    {
      about: `ServiceNow, ${orgName}`,
      source: links.servicenow,
      how: 'Set SERVICENOW_BASE_URL, SERVICENOW_USER and SERVICENOW_PASSWORD.',
    },
    { about: `Git, ${orgName}`, source: links.git, how: 'Set GIT_REPOSITORIES.' },
    ...REVIEW_HOSTS.map(({ name, how }) => ({
      about: `${name}, ${orgName}`,
      source: links.reviewHosts?.find((host) => host.name === name) ?? null,
      how,
    })),
  ];
  const findings: Examination[] = [];
  for (const { about, source, how } of checks) {
    if (source === null) {
      findings.push({ about, state: 'not_evaluated', says: 'not configured', mend: how });
      continue;
    }
    const problem = await source.check().then(
      () => null,
      (error: unknown) => messageOf(error),
    );
    findings.push(
      problem === null
        ? { about, state: 'ok', says: 'connected', mend: null }
        : {
            about,
            state: 'warning',
            says: problem,
            mend:
              'projectOf' in source
                ? 'Whether commits were reviewed is not evaluated until it answers.'
                : 'Changes that cite it stay unlinked, marked not evaluated, until it answers.',
          },
    );
  }
  return findings;
}
