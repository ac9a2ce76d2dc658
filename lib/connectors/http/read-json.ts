import type { z } from 'zod';
import { connectorError } from '../errors';
import type { HttpAnswer, HttpRequest } from './retrying-fetch';

/**
 * The body as the schema describes it. Throws `auth_failed` on 401 and 403, `refused` on any other status outside 2xx, and
 * `bad_answer` where the bytes are no JSON of that shape; none of the messages quotes the body.
 */
export function readJson<Schema extends z.ZodType>(
  answer: HttpAnswer,
  request: HttpRequest,
  schema: Schema,
): z.infer<Schema> {
  const { host } = request.url;
  if (answer.status === 401 || answer.status === 403) {
    throw connectorError(
      'auth_failed',
      `cannot read ${request.what}: ${host} refuses our credentials (${answer.status})`,
      {
        hint: 'Check the account, its token and what it may read.',
        details: { status: answer.status },
      },
    );
  }
  if (answer.status < 200 || answer.status >= 300) {
    throw connectorError('refused', `cannot read ${request.what}: ${host} answered ${answer.status}`, {
      details: { status: answer.status },
    });
  }
  const parsed = schema.safeParse(parseBody(answer, request));
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    throw connectorError(
      'bad_answer',
      `cannot read ${request.what}: the answer of ${host} has an unknown shape${where === '' ? '' : ` at ${where}`}`,
    );
  }
  return parsed.data;
}

function parseBody(answer: HttpAnswer, request: HttpRequest): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(answer.bytes), (_, value: unknown) =>
      typeof value === 'string' ? storable(value) : value,
    );
  } catch {
    throw connectorError(
      'bad_answer',
      `cannot read ${request.what}: the answer of ${request.url.host} is no JSON`,
    );
  }
}

/** Text that PostgreSQL and canonical JSON can hold: escapes can smuggle NUL and lone surrogates past the check of the bytes. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}
