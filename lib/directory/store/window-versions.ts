import { z } from 'zod';
import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIso, toIsoMs } from '@/lib/kernel/instant';
import type {
  WindowDefinition,
  WindowKind,
  WindowSource,
  WindowTimes,
  WindowVersion,
} from '../model/window/window';

const instant = z.iso.datetime().transform((text) => new Date(text));
const timesSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('once'), from: instant, to: instant }),
  z.object({
    kind: z.literal('recurring'),
    start: z.string(),
    minutes: z.number(),
    rule: z.string(),
    except: z.array(z.string()),
  }),
]);
const strings = z.array(z.string());
const scopeSchema = z.object({
  divisions: strings,
  services: strings,
  entityTypes: strings,
  objects: strings,
});

type Row = {
  org_id: string;
  id: string;
  window_id: string;
  source: WindowSource;
  source_key: string | null;
  url: string | null;
  kind: WindowKind;
  name: string;
  zone: string;
  times: unknown;
  scope: unknown;
  approver: string | null;
  ticket: string | null;
  withdrawn: boolean;
  effective_from: Date;
  received_at: Date;
  decided_by: string;
  reason: string;
};

const COLUMNS =
  'org_id, id, window_id, source, source_key, url, kind, name, zone, times, scope, approver, ticket, withdrawn, effective_from, received_at, decided_by, reason';

/** Every version known at an instant, oldest first; without an instant, those known now. */
export async function loadWindowVersions(
  sql: Sql,
  orgId: string,
  asOf: Date | null = null,
): Promise<WindowVersion[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from window_version where org_id = $1 and ($2::timestamptz is null or received_at <= $2) order by received_at, id`,
    [orgId, asOf],
  );
  return rows.map(versionOf);
}

/** The versions of several organisations known now, oldest first. */
export async function loadVersionsOf(sql: Sql, orgIds: readonly string[]): Promise<WindowVersion[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from window_version where org_id = any ($1::uuid[]) order by received_at, id`,
    [orgIds],
  );
  return rows.map(versionOf);
}

/** Every version of one window, oldest first; none where there is no such window. */
export async function loadHistory(sql: Sql, windowId: string): Promise<WindowVersion[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from window_version where window_id = $1 order by received_at, id`,
    [windowId],
  );
  return rows.map(versionOf);
}

/** Waits for any other change of the organisation's calendar to commit. Within a transaction. */
export async function lockCalendar(sql: Sql, orgId: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`change windows ${orgId}`]);
}

export type NewVersion = Omit<WindowVersion, 'versionId'>;

/** Appends a version and returns it. */
export async function insertVersion(sql: Sql, given: NewVersion): Promise<WindowVersion> {
  const version = { ...given, versionId: newId('windowVersion', given.decidedAt) };
  const times = storedTimes(version.times);
  const body = canonicalJson({
    ...version,
    times,
    effectiveFrom: toIsoMs(version.effectiveFrom),
    decidedAt: toIsoMs(version.decidedAt),
  });
  const { salt, leafHash } = sealable({
    kind: 'window_version',
    orgId: version.orgId,
    factId: version.versionId,
    receivedAt: version.decidedAt,
    bytes: body,
  });
  await sql.query(
    `insert into window_version (org_id, id, window_id, source, source_key, url, kind, name, zone, times, scope, approver, ticket,
       withdrawn, effective_from, received_at, decided_by, reason, body, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11::jsonb, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
    [
      version.orgId,
      version.versionId,
      version.windowId,
      version.source,
      version.sourceKey,
      version.url,
      version.kind,
      version.name,
      version.zone,
      canonicalJson(times),
      canonicalJson(version.scope),
      version.approver,
      version.ticket,
      version.withdrawn,
      version.effectiveFrom,
      version.decidedAt,
      version.decidedBy,
      version.reason,
      body,
      salt,
      leafHash,
    ],
  );
  return version;
}

/** Text that is equal for definitions that say the same. */
export function definitionText(one: WindowDefinition & { readonly url: string | null }): string {
  const { kind, name, zone, times, scope, approver, ticket, url } = one;
  return canonicalJson({ kind, name, zone, times: storedTimes(times), scope, approver, ticket, url });
}

function storedTimes(times: WindowTimes): Record<string, unknown> {
  if (times.kind === 'once') return { kind: 'once', from: toIso(times.from), to: toIso(times.to) };
  return { ...times };
}

function versionOf(row: Row): WindowVersion {
  return {
    orgId: row.org_id,
    versionId: row.id,
    windowId: row.window_id,
    source: row.source,
    sourceKey: row.source_key,
    url: row.url,
    kind: row.kind,
    name: row.name,
    zone: row.zone,
    times: timesSchema.parse(row.times),
    scope: scopeSchema.parse(row.scope),
    approver: row.approver,
    ticket: row.ticket,
    withdrawn: row.withdrawn,
    effectiveFrom: row.effective_from,
    decidedAt: row.received_at,
    decidedBy: row.decided_by,
    reason: row.reason,
  };
}
