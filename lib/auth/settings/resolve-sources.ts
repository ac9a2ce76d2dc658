import { z } from 'zod';
import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import { log } from '@/lib/log/log';
import { listSourceRows, type SourceRow } from '../store/source-rows';
import { environmentSources, type SourceEnvironment } from './environment-sources';
import type { WrappingKey } from './secret-box';
import { processWrappingKey, readSecret } from './secrets';
import type { SourceConfig } from './source-config';
import { SOURCE_KINDS, secretName } from './source-kinds';

/**
 * Every source that may be connected now: the environment's first, then the stored ones that are active and whole.
 *
 * What the environment sets wins: a stored source of the same kind for all organisations, or the same Genesys client, is
 * left out. A stored source that lacks a secret or cannot be opened is left out and logged; the pages show it as incomplete.
 */
export async function resolveSources(
  db: Pick<Database, 'sql'>,
  env: SourceEnvironment,
  wrapping: () => WrappingKey = processWrappingKey,
): Promise<SourceConfig[]> {
  const fixed = environmentSources(env);
  const stored: SourceConfig[] = [];
  for (const row of await listSourceRows(db.sql)) {
    if (row.state !== 'active') continue;
    const source = await wholeSource(db.sql, row, wrapping);
    if (source && !fixed.some((one) => overrides(one, source))) stored.push(source);
  }
  return [...fixed, ...stored];
}

function overrides(fixed: SourceConfig, stored: SourceConfig): boolean {
  if (fixed.kind === 'genesys' && stored.kind === 'genesys') return fixed.clientId === stored.clientId;
  return fixed.kind === stored.kind && stored.orgId === null;
}

/** The source with its secrets, or null (logged) when something it needs is missing or unreadable. */
async function wholeSource(
  sql: Sql,
  row: SourceRow,
  wrapping: () => WrappingKey,
): Promise<SourceConfig | null> {
  try {
    // A secret belongs to the source, not to the organisation the source turns out to be in: that is learnt later.
    const secret = async (field: string) =>
      z
        .string(`the ${field} is not set`)
        .parse(await readSecret(sql, { orgId: null, name: secretName(row.id, field) }, wrapping()));
    const base = { id: row.id, origin: 'settings', name: row.name, orgId: row.orgId } as const;
    switch (row.kind) {
      case 'genesys': {
        const { region, gatewayUrl, clientId, responderClientId } = SOURCE_KINDS.genesys.config.parse(
          row.config,
        );
        return {
          ...base,
          kind: 'genesys',
          region: region ?? null,
          gatewayUrl: gatewayUrl ?? null,
          clientId,
          clientSecret: await secret('clientSecret'),
          responderClientId: responderClientId ?? null,
          responderClientSecret:
            responderClientId === undefined ? null : await secret('responderClientSecret'),
        };
      }
      case 'jira':
        return {
          ...base,
          kind: 'jira',
          ...SOURCE_KINDS.jira.config.parse(row.config),
          apiToken: await secret('apiToken'),
        };
      case 'servicenow':
        return {
          ...base,
          kind: 'servicenow',
          ...SOURCE_KINDS.servicenow.config.parse(row.config),
          password: await secret('password'),
        };
      case 'git':
        return { ...base, kind: 'git', ...SOURCE_KINDS.git.config.parse(row.config) };
      case 'github':
        return {
          ...base,
          kind: 'github',
          ...SOURCE_KINDS.github.config.parse(row.config),
          token: await secret('token'),
        };
      case 'gitlab':
        return {
          ...base,
          kind: 'gitlab',
          ...SOURCE_KINDS.gitlab.config.parse(row.config),
          token: await secret('token'),
        };
      case 'hris':
        return { ...base, kind: 'hris', ...SOURCE_KINDS.hris.config.parse(row.config) };
      default:
        return null;
    }
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? error.issues[0]?.message : error instanceof Error ? error.message : '';
    log.warn({ room: 'auth', sourceId: row.id, kind: row.kind, reason }, 'source left out: it is incomplete');
    return null;
  }
}
