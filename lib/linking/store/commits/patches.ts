import { z } from 'zod';
import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { type CommitPlace, placeKey } from './merges';

const bodySchema = z.object({
  hash: z.string(),
  repository: z.string(),
  vaultKey: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  files: z.array(
    z.object({
      path: z.string(),
      status: z.enum(['added', 'deleted', 'modified']),
      added: z.number().nullable(),
      removed: z.number().nullable(),
      omitted: z.string().nullable(),
    }),
  ),
});

/** A kept diff: where it stands in the vault, and every file of the commit with what of it is not kept. */
export type PatchRecord = z.infer<typeof bodySchema>;

/** Those of the commits whose diffs are kept, by `placeKey`. */
export async function keptPatches(
  sql: Sql,
  orgId: string,
  places: readonly CommitPlace[],
): Promise<Map<string, PatchRecord>> {
  if (places.length === 0) return new Map();
  const rows = await sql.query<{ body: string }>(
    'select body from commit_patch where org_id = $1 and hash = any($2)',
    [orgId, [...new Set(places.map((place) => place.hash))]],
  );
  const read = rows.map((row) => bodySchema.parse(JSON.parse(row.body)));
  return new Map(read.map((record) => [placeKey(record), record]));
}

/** Appends the record of a kept diff, once. */
export async function appendPatch(
  sql: Sql,
  kept: { orgId: string; receivedAt: Date; record: PatchRecord },
): Promise<void> {
  const { orgId, receivedAt, record } = kept;
  const body = canonicalJson(record);
  const factId = `${record.hash}:${encodeURIComponent(record.repository)}`;
  const { salt, leafHash } = sealable({ kind: 'commit_patch', orgId, factId, receivedAt, bytes: body });
  await sql.query(
    `insert into commit_patch (org_id, repository, hash, received_at, vault_key, body, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [orgId, record.repository, record.hash, receivedAt, record.vaultKey, body, salt, leafHash],
  );
}
