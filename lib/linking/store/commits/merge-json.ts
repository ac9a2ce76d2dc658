import { z } from 'zod';
import type { CommitMerge } from '@/lib/connectors/model/commit';
import { judgeReview, type MergeRequest } from '@/lib/connectors/model/merge-request';

const instant = z.iso.datetime().transform((text) => new Date(text));

const requestSchema = z.object({
  host: z.enum(['GitHub', 'GitLab']),
  reference: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  author: z.string(),
  contributors: z.array(z.string()),
  openedAt: instant,
  mergedAt: instant.nullable(),
  mergedBy: z.string().nullable(),
  targetBranch: z.string(),
  headHash: z.string().nullable(),
  votes: z.array(
    z.object({
      reviewer: z.string(),
      vote: z.enum(['approved', 'changes_requested', 'dismissed']),
      at: instant.nullable(),
      ofHash: z.string().nullable(),
    }),
  ),
});

const bodySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), request: requestSchema }),
  z.object({ kind: z.literal('none'), host: z.enum(['GitHub', 'GitLab']) }),
]);

/** What the host said, without what we make of it; null where it said nothing. */
export function mergeBody(
  merge: CommitMerge,
): { kind: 'none'; host: string } | { kind: 'request'; request: MergeRequest } | null {
  if (merge.kind === 'unknown') return null;
  return merge.kind === 'none'
    ? { kind: 'none', host: merge.host }
    : { kind: 'request', request: merge.request };
}

/** The merge of a row, judged anew. Throws where the body is not what this room wrote. */
export function mergeOf(body: string): CommitMerge {
  const read = bodySchema.parse(JSON.parse(body));
  return read.kind === 'none' ? read : { ...read, verdict: judgeReview(read.request) };
}
