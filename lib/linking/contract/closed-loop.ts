import { z } from 'zod';
import { LOOP_STATES, LOOP_STEPS } from '../model/loop/close-loop';

const instant = z.iso.datetime();

const stepSchema = z.object({
  step: z.enum(LOOP_STEPS),
  /** As it stood at the change: what came later was missing then. */
  state: z.enum(LOOP_STATES),
  who: z.array(z.string()),
  at: instant.nullable(),
  sentence: z.string(),
  evidence: z.array(z.object({ label: z.string(), url: z.string().nullable() })),
});

/** Answer of GET /api/v1/changes/{id}/closed-loop. */
export const closedLoopSchema = z.object({
  changeId: z.string(),
  /** Whether the change is a matter of CX as Code at all, and why. */
  concerns: z.boolean(),
  because: z.string(),
  bypass: z.boolean(),
  steps: z.array(stepSchema),
  commit: z
    .object({
      hash: z.string(),
      repository: z.string(),
      subject: z.string(),
      author: z.string(),
      committedAt: instant,
      url: z.string().nullable(),
      foundBy: z.string(),
      /** Whether its diff can be shown. */
      diffKept: z.boolean(),
      /** When its host was last asked how it came in; null: no host answers, or it never did. */
      hostHeardAt: instant.nullable(),
      /** Why the host could not be asked since; null where it could. */
      hostSilent: z.string().nullable(),
    })
    .nullable(),
  /** Where a repository declared the object at the time of the change. */
  declared: z
    .object({ repository: z.string(), path: z.string(), label: z.string(), since: instant })
    .nullable(),
  repositories: z.array(
    z.object({ name: z.string(), readAt: instant.nullable(), notReadBecause: z.string().nullable() }),
  ),
});
export type ClosedLoopDto = z.infer<typeof closedLoopSchema>;
export type LoopStepDto = ClosedLoopDto['steps'][number];

/** Answer of GET /api/v1/changes/{id}/diff. */
export const changeDiffSchema = z.object({
  changeId: z.string(),
  hash: z.string(),
  repository: z.string(),
  subject: z.string(),
  /** SHA-256 of the diff as it is kept, hex. */
  sha256: z.string(),
  /** Id and names of the object: lines that hold one of them name it. */
  names: z.array(z.string()),
  files: z.array(
    z.object({
      path: z.string(),
      status: z.enum(['added', 'deleted', 'modified']),
      added: z.number().int().nullable(),
      removed: z.number().int().nullable(),
      /** Unified diff from the first hunk on; null where none is kept. */
      patch: z.string().nullable(),
      /** What of it is not kept and why; null where all is. */
      omitted: z.string().nullable(),
      touchesObject: z.boolean(),
    }),
  ),
});
export type ChangeDiffDto = z.infer<typeof changeDiffSchema>;
