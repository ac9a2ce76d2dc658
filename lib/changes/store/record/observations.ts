import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable, sha256 } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';
import type { MappedService } from '../../model/record/detect-drift';

/** A row of the schema history. */
export type Observation = {
  readonly kind: string;
  readonly name: string;
  readonly detail: string;
  readonly example: string | null;
  readonly path: string | null;
  readonly sourceId: string | null;
  readonly pageId: string | null;
};

/** Keeps what is seen for the first time; kind and name decide. Returns how many were new. */
export async function observe(
  sql: Sql,
  orgId: string,
  observations: readonly Observation[],
  at: Date,
): Promise<number> {
  if (observations.length === 0) return 0;
  const known = await sql.query<{ kind: string; name: string }>(
    `select o.kind, o.name from unnest($2::text[], $3::text[]) as x (kind, name) join observation o on o.org_id = $1 and o.kind = x.kind and o.name = x.name`,
    [orgId, observations.map((one) => one.kind), observations.map((one) => one.name)],
  );
  const seen = new Set(known.map((row) => `${row.kind} ${row.name}`));
  const fresh = observations
    .filter((one) => !seen.has(`${one.kind} ${one.name}`))
    .sort((a, b) => (a.kind + a.name < b.kind + b.name ? -1 : 1));
  let added = 0;
  for (const one of fresh) {
    const id = newId('observation', at);
    const body = canonicalJson({ ...one, id, orgId, at: toIsoMs(at) });
    const seal = sealable({ kind: 'observation', orgId, factId: id, receivedAt: at, bytes: body });
    const rows = await sql.query(
      `insert into observation (id, org_id, kind, name, detail, example, source, source_id, page_id, received_at, body, salt, leaf_hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (org_id, kind, name) do nothing returning id`,
      [
        id,
        orgId,
        one.kind,
        one.name,
        one.detail,
        one.example,
        one.path,
        one.sourceId,
        one.pageId,
        at,
        body,
        seal.salt,
        seal.leafHash,
      ],
    );
    added += rows.length;
  }
  return added;
}

export type MappingVersion = {
  readonly receivedAt: Date;
  readonly services: readonly MappedService[];
};

/** The mapping as last seen, or null when none was ever read. */
export async function latestMapping(
  sql: Sql,
  orgId: string,
  source: 'pull' | 'realtime',
): Promise<MappingVersion | null> {
  const rows = await sql.query<{ received_at: Date; body: string }>(
    'select received_at, body from service_mapping_version where org_id = $1 and source = $2 order by received_at desc limit 1',
    [orgId, source],
  );
  const row = rows[0];
  // The body is our own canonical JSON, written below.
  return row
    ? {
        receivedAt: row.received_at,
        services: (JSON.parse(row.body) as { services: MappedService[] }).services,
      }
    : null;
}

/** Keeps a mapping when it differs from the last one. Returns whether it did. */
export async function keepMapping(
  sql: Sql,
  mapping: {
    readonly orgId: string;
    readonly source: 'pull' | 'realtime';
    readonly services: readonly MappedService[];
    readonly fetchedAt: Date;
  },
): Promise<boolean> {
  const { orgId, source, fetchedAt } = mapping;
  const services = [...mapping.services].sort((a, b) => (a.name < b.name ? -1 : 1));
  const digest = sha256(canonicalJson(services));
  const last = await sql.query<{ sha256: Buffer }>(
    'select sha256 from service_mapping_version where org_id = $1 and source = $2 order by received_at desc limit 1',
    [orgId, source],
  );
  if (last[0]?.sha256.equals(digest)) return false;
  const body = canonicalJson({ orgId, source, fetchedAt: toIsoMs(fetchedAt), services });
  const seal = sealable({
    kind: 'service_mapping_version',
    orgId,
    factId: `${source}:${toIsoMs(fetchedAt)}`,
    receivedAt: fetchedAt,
    bytes: body,
  });
  await sql.query(
    `insert into service_mapping_version (org_id, source, received_at, sha256, services, body, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [
      orgId,
      source,
      fetchedAt,
      digest,
      services.map((service) => service.name),
      body,
      seal.salt,
      seal.leafHash,
    ],
  );
  return true;
}
