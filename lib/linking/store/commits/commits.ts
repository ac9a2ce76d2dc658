import { z } from 'zod';
import type { Commit } from '@/lib/connectors/model/commit';
import type { Sql } from '@/lib/db/sql';
import { type CommitPlace, type KeptMerge, lastMerges, placeKey } from './merges';

const instant = z.iso.datetime().transform((text) => new Date(text));

const bodySchema = z.object({
  hash: z.string(),
  repository: z.string(),
  subject: z.string(),
  author: z.string(),
  committer: z.string(),
  authoredAt: instant,
  committedAt: instant,
  url: z.string().nullable(),
  diff: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('known'),
      files: z.array(z.string()),
      objects: z.array(
        z.object({
          resourceType: z.string(),
          entityTypes: z.array(z.string()),
          label: z.string(),
          names: z.array(z.string()),
          ids: z.array(z.string()),
        }),
      ),
      looseIds: z.array(z.string()),
    }),
    z.object({ kind: z.literal('unknown'), because: z.string() }),
  ]),
});

export type KeptCommit = { readonly commit: Commit; readonly kept: KeptMerge | null };

/** The commits as they were read, each with how it came in as last heard; by `placeKey`. */
export async function keptCommits(
  sql: Sql,
  orgId: string,
  places: readonly CommitPlace[],
): Promise<Map<string, KeptCommit>> {
  if (places.length === 0) return new Map();
  const hashes = [...new Set(places.map((place) => place.hash))];
  const rows = await sql.query<{ body: string }>(
    'select body from commit_record where org_id = $1 and hash = any($2)',
    [orgId, hashes],
  );
  const merges = await lastMerges(sql, orgId, hashes);
  return new Map(
    rows.map(({ body }) => {
      const fact = bodySchema.parse(JSON.parse(body));
      const kept = merges.get(placeKey(fact)) ?? null;
      const merge = kept?.merge ?? {
        kind: 'unknown' as const,
        because: kept?.failure?.because ?? 'no host answers for this repository: it knows no reviews',
        failed: kept?.failure != null,
      };
      const request = merge.kind === 'request' ? merge : null;
      return [
        placeKey(fact),
        {
          kept,
          commit: {
            ...fact,
            merge,
            mergedAt: request?.request.mergedAt ?? null,
            review: request?.verdict.review ?? (merge.kind === 'none' ? 'unreviewed' : 'unknown'),
          },
        },
      ];
    }),
  );
}
