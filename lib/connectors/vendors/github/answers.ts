import { z } from 'zod';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const account = z.looseObject({ login: z.string() }).nullish();

/** One item of `GET /repos/{owner}/{repo}/commits/{sha}/pulls`; it lacks who merged. */
export const pullsOfCommitSchema = z.array(
  z.looseObject({ number: z.number().int(), created_at: instant, merged_at: instant.nullish() }),
);

/** `GET /repos/{owner}/{repo}/pulls/{number}`. */
export const pullSchema = z.looseObject({
  number: z.number().int(),
  title: z.string().catch(''),
  html_url: z.string().nullish(),
  user: account,
  created_at: instant,
  merged_at: instant.nullish(),
  merged_by: account,
  base: z.looseObject({ ref: z.string() }),
  head: z.looseObject({ sha: z.string() }),
});

/** `GET …/pulls/{number}/reviews`: a pending review has no time. */
export const reviewsSchema = z.array(
  z.looseObject({
    user: account,
    state: z.string(),
    submitted_at: instant.nullish(),
    commit_id: z.string().nullish(),
  }),
);

/** `GET …/pulls/{number}/commits`, at most 250 of them. */
export const commitsOfPullSchema = z.array(z.looseObject({ author: account }));
