import { z } from 'zod';
import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';

/** A published version of a flow. */
export type KeptFlowVersion = {
  readonly flowId: string;
  readonly version: string;
  readonly publishedAt: Date | null;
  readonly byUserId: string | null;
  readonly byClientId: string | null;
  readonly commitVersion: string | null;
};

const bodySchema = z.object({
  flowId: z.string(),
  version: z.string(),
  publishedAt: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .nullable(),
  byUserId: z.string().nullable(),
  byClientId: z.string().nullable(),
  commitVersion: z.string().nullable(),
});

/** Flows published since the instant whose versions were not asked for since their newest publication came in. */
export async function flowsToAsk(
  sql: Sql,
  asked: { orgId: string; since: Date; askedBefore: Date; limit: number },
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select c.entity_id as id from change c left join flow_version_lookup l on l.org_id = c.org_id and l.flow_id = c.entity_id
     where c.org_id = $1 and c.event_date >= $2 and c.service = 'Architect' and c.entity_type = 'Flow' and c.action = 'Publish' and c.entity_id is not null
     group by c.entity_id, l.looked_up_at, l.because
     having l.looked_up_at is null or l.looked_up_at < max(c.received_at) or (l.because is not null and l.looked_up_at < $3)
     order by max(c.event_date) desc limit $4`,
    [asked.orgId, asked.since, asked.askedBefore, asked.limit],
  );
  return rows.map((row) => row.id);
}

/** Appends versions not kept yet, and notes that the flow was asked about. */
export async function keepFlowVersions(
  sql: Sql,
  kept: {
    orgId: string;
    flowId: string;
    versions: readonly KeptFlowVersion[];
    because: string | null;
    at: Date;
  },
): Promise<void> {
  const { orgId, flowId, at } = kept;
  const rows = kept.versions.map((version) => {
    const body = canonicalJson(version);
    const factId = `${flowId}:${encodeURIComponent(version.version)}`;
    return {
      version,
      body,
      ...sealable({ kind: 'flow_version', orgId, factId, receivedAt: at, bytes: body }),
    };
  });
  await sql.query(
    `insert into flow_version (org_id, flow_id, version, received_at, published_at, body, salt, leaf_hash)
     select $1, $2, version, $3, published_at, body, salt, leaf
     from unnest($4::text[], $5::timestamptz[], $6::text[], $7::bytea[], $8::bytea[]) as t (version, published_at, body, salt, leaf)
     on conflict do nothing`,
    [
      orgId,
      flowId,
      at,
      rows.map((row) => row.version.version),
      rows.map((row) => row.version.publishedAt),
      rows.map((row) => row.body),
      rows.map((row) => row.salt),
      rows.map((row) => row.leafHash),
    ],
  );
  await sql.query(
    `insert into flow_version_lookup (org_id, flow_id, looked_up_at, because) values ($1, $2, $3, $4)
     on conflict (org_id, flow_id) do update set looked_up_at = excluded.looked_up_at, because = excluded.because`,
    [orgId, flowId, at, kept.because],
  );
}

/** The version that a publication made: the one its record names, else the one published closest to it within five minutes. */
export async function versionOfPublication(
  sql: Sql,
  of: { orgId: string; flowId: string; version: string | null; at: Date },
): Promise<KeptFlowVersion | null> {
  const rows = await sql.query<{ body: string }>(
    `select body from flow_version where org_id = $1 and flow_id = $2
       and (version = $3 or ($3::text is null and abs(extract(epoch from published_at - $4::timestamptz)) <= 300))
     order by abs(extract(epoch from published_at - $4::timestamptz)) nulls last limit 1`,
    [of.orgId, of.flowId, of.version, of.at],
  );
  return rows[0] === undefined ? null : bodySchema.parse(JSON.parse(rows[0].body));
}

/** When the versions of a flow were last asked for, and why they could not be read then; null: never. */
export async function flowLookup(
  sql: Sql,
  orgId: string,
  flowId: string,
): Promise<{ readonly at: Date; readonly because: string | null } | null> {
  const rows = await sql.query<{ at: Date; because: string | null }>(
    'select looked_up_at as at, because from flow_version_lookup where org_id = $1 and flow_id = $2',
    [orgId, flowId],
  );
  return rows[0] ?? null;
}
