import { z } from 'zod';
import { sqlState } from '@/lib/db/errors';
import { AppError } from '@/lib/kernel/errors';
import { log } from '@/lib/log/log';

/** The body of every error answer (RFC 9457), `application/problem+json`. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  hint: z.string().optional(),
  requestId: z.string(),
  /** What was wrong with the request, field by field. */
  issues: z.array(z.object({ at: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not acceptable',
  429: 'Too many requests',
  500: 'The request failed',
  503: 'Not available now',
};

/** Anything thrown as an answer. What was not thrown on purpose is logged and says nothing of its cause. */
export function problemOf(thrown: unknown, requestId: string): Response {
  if (thrown instanceof z.ZodError) {
    return answer({
      ...base(400, 'bad_request', requestId),
      detail: 'cannot read the request: some of its fields are wrong',
      issues: thrown.issues
        .slice(0, 50)
        .map((issue) => ({ at: issue.path.join('.'), message: issue.message })),
    });
  }
  if (thrown instanceof AppError) {
    if (thrown.status >= 500) log.error({ requestId, code: thrown.code, err: thrown }, 'request failed');
    return answer(
      {
        ...base(thrown.status, thrown.code, requestId),
        detail: thrown.message,
        ...(thrown.hint === undefined ? {} : { hint: thrown.hint }),
      },
      retryAfter(thrown),
    );
  }
  log.error({ requestId, sqlState: sqlState(thrown), err: thrown }, 'request failed unexpectedly');
  return answer({
    ...base(500, 'internal', requestId),
    detail: 'cannot answer: an unexpected error, which was logged',
    hint: 'Quote the request id when you ask for help.',
  });
}

function base(status: number, code: string, requestId: string): Omit<Problem, 'detail'> {
  return {
    type: `urn:tallystick:problem:${code}`,
    title: TITLES[status] ?? 'The request failed',
    status,
    code,
    requestId,
  };
}

function answer(problem: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}

function retryAfter(error: AppError): Record<string, string> {
  const seconds = error.details?.retryAfterSeconds;
  return typeof seconds === 'number' ? { 'retry-after': String(seconds) } : {};
}
