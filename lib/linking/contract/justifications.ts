import { z } from 'zod';
import { LONGEST_DAYS } from '../model/justifications/request';
import { requestSchema, requestStates } from './manual';

/** POST /api/v1/justifications: about changes, or about the unlinked changes of a session. */
export const askSchema = z
  .strictObject({
    changeIds: z.array(z.string().min(1).max(200)).min(1).max(100).optional(),
    sessionId: z.string().min(1).max(200).optional(),
    question: z.string().trim().min(10).max(2_000),
    /** Who answers for an automation, or for a person whose address is not known. */
    owner: z.email().max(320).optional(),
    /** The link is good for so many days. */
    days: z.number().int().min(1).max(LONGEST_DAYS).optional(),
  })
  .refine((asked) => (asked.changeIds === undefined) !== (asked.sessionId === undefined), {
    message: 'give either changes or a session',
    path: ['changeIds'],
  });
export type AskInput = z.infer<typeof askSchema>;

const many = <T extends z.ZodType>(one: T) =>
  z.preprocess(
    (value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]),
    z.array(one).optional(),
  );
export const requestListSchema = z.object({
  state: many(z.enum(requestStates)),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
export type RequestListQuery = z.infer<typeof requestListSchema>;
export const requestPageSchema = z.object({
  items: z.array(requestSchema),
  nextCursor: z.string().nullable(),
});

export const withdrawSchema = z.strictObject({ reason: z.string().trim().min(3).max(2_000) });

/** POST /api/v1/justifications/answer: by whoever holds the signed link. */
export const answerSchema = z.strictObject({
  token: z.string().min(1).max(200),
  words: z.string().trim().min(10).max(4_000),
  reference: z.string().trim().max(100).optional(),
});
export type AnswerInput = z.infer<typeof answerSchema>;
export const answerTakenSchema = z.object({ takenAt: z.string() });

/** What the public page shows: nothing that is not needed to answer. */
export type OpenedRequest =
  | { readonly state: 'unknown' }
  | { readonly state: 'answered' | 'withdrawn' | 'expired'; readonly at: string }
  | { readonly state: 'throttled'; readonly retryAfterSeconds: number }
  | {
      readonly state: 'open';
      readonly orgName: string;
      readonly question: string;
      readonly expiresAt: string;
      readonly changes: readonly { readonly at: string; readonly sentence: string }[];
      readonly about: number;
    };
