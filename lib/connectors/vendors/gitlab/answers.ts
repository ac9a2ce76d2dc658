import { z } from 'zod';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const person = z.looseObject({ username: z.string(), name: z.string().catch('') });

/** One item of `GET /projects/:id/repository/commits/:sha/merge_requests`. */
export const requestsOfCommitSchema = z.array(
  z.looseObject({ iid: z.number().int(), created_at: instant, merged_at: instant.nullish() }),
);

/** `GET /projects/:id/merge_requests/:iid`; `merged_by` is the older name of `merge_user`. */
export const requestSchema = z.looseObject({
  iid: z.number().int(),
  title: z.string().catch(''),
  web_url: z.string().nullish(),
  author: person,
  created_at: instant,
  merged_at: instant.nullish(),
  merge_user: person.nullish(),
  merged_by: person.nullish(),
  target_branch: z.string(),
  sha: z.string().nullish(),
});

/** `GET …/merge_requests/:iid/approvals`: who approves now; older servers give no time. */
export const approvalsSchema = z.looseObject({
  approved_by: z.array(z.looseObject({ user: person, approved_at: instant.nullish() })).catch([]),
});

/** `GET …/merge_requests/:iid/notes`: system notes say who approved and took it back, and when. */
export const notesSchema = z.array(
  z.looseObject({
    body: z.string().catch(''),
    system: z.boolean().catch(false),
    author: person,
    created_at: instant,
  }),
);

/** `GET …/merge_requests/:iid/commits`: names as git has them, no accounts. */
export const commitsOfRequestSchema = z.array(
  z.looseObject({
    id: z.string(),
    author_name: z.string().catch(''),
    created_at: instant.nullish(),
  }),
);
