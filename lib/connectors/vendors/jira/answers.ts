import { z } from 'zod';

/** What Jira Cloud answers, as far as we read it; everything else passes unread. Source: Jira Cloud platform REST API v3. */
const instant = z.string().transform((text, context) => {
  const ms = Date.parse(text);
  if (!Number.isNaN(ms)) return new Date(ms);
  context.addIssue({ code: 'custom', message: 'is no instant' });
  return z.NEVER;
});

export const historySchema = z.object({
  id: z.string().optional(),
  created: instant,
  author: z.object({ displayName: z.string().nullish(), accountId: z.string().nullish() }).nullish(),
  items: z.array(
    z.object({
      field: z.string(),
      fromString: z.string().nullish(),
      // An own member of this name comes from the wire; without one, Object's method would be read.
      toString: z.unknown(),
    }),
  ),
});
export type History = z.infer<typeof historySchema>;

export const issueSchema = z.object({
  key: z.string(),
  fields: z.looseObject({
    summary: z.string().nullish(),
    created: instant.nullish(),
    status: z.object({ name: z.string() }).nullish(),
    issuetype: z.object({ name: z.string() }).nullish(),
    description: z.unknown(),
  }),
  changelog: z.object({ total: z.number().int().optional(), histories: z.array(historySchema) }),
});
export type Issue = z.infer<typeof issueSchema>;

export const changelogPageSchema = z.object({
  total: z.number().int(),
  isLast: z.boolean().optional(),
  values: z.array(historySchema),
});

export const searchPageSchema = z.object({
  issues: z.array(z.object({ key: z.string().optional() })),
  nextPageToken: z.string().nullish(),
  isLast: z.boolean().optional(),
});

export const errorSchema = z.object({ errorMessages: z.array(z.string()).optional() });
