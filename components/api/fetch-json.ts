import { ApiError } from './api-error';

type Problem = {
  readonly message: string;
  readonly code: string;
  readonly hint: string | null;
  readonly requestId: string | null;
  readonly fields: Readonly<Record<string, string>>;
};

/**
 * The JSON that `/api/v1` answers. The type is the contract's, which the server's own tests hold it to.
 *
 * Throws: ApiError, with the sentence and the hint of the problem+json.
 */
export async function fetchJson<T>(
  path: string,
  init: { method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; body?: unknown; signal?: AbortSignal } = {},
): Promise<T> {
  const response = await send(path, init);
  if (!response.ok) throw await errorOf(response);
  if (response.status === 204) return JSON.parse('null');
  return response.json();
}

/** The text that `path` answers, as it came. Throws: ApiError. */
export async function fetchText(path: string, init: { signal?: AbortSignal } = {}): Promise<string> {
  const response = await send(path, init);
  if (!response.ok) throw await errorOf(response);
  return response.text();
}

async function send(path: string, init: { method?: string; body?: unknown; signal?: AbortSignal }) {
  const hasBody = init.body !== undefined;
  try {
    return await fetch(path, {
      method: init.method ?? 'GET',
      credentials: 'same-origin',
      headers: {
        accept: 'application/json, */*;q=0.5',
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      ...(hasBody ? { body: JSON.stringify(init.body) } : {}),
      ...(init.signal === undefined ? {} : { signal: init.signal }),
    });
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown;
    throw new ApiError({
      status: 0,
      code: 'unreachable',
      message: 'cannot reach the server: the connection failed',
      hint: 'Check that Tallystick is running and that your network is up; this page tries again by itself.',
    });
  }
}

async function errorOf(response: Response): Promise<ApiError> {
  const problem = readProblem(await response.text());
  return new ApiError({
    status: response.status,
    code: problem?.code ?? `http_${response.status}`,
    message: problem?.message ?? `the server answered ${response.status} ${response.statusText}`.trim(),
    hint: problem?.hint ?? null,
    requestId: problem?.requestId ?? response.headers.get('x-request-id'),
    fields: problem?.fields ?? {},
  });
}

/** What a problem+json body (RFC 9457) says, or null when the body is none. `detail` is the sentence, `title` its kind. */
export function readProblem(text: string): Problem | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(body)) return null;
  const message = textOf(body.detail) ?? textOf(body.title);
  if (message === null) return null;
  return {
    message,
    code: textOf(body.code) ?? 'problem',
    hint: textOf(body.hint),
    requestId: textOf(body.requestId),
    fields: readIssues(body.issues),
  };
}

/** The first thing that is wrong with each field, by its path. */
function readIssues(issues: unknown): Record<string, string> {
  const fields: Record<string, string> = {};
  if (!Array.isArray(issues)) return fields;
  for (const issue of issues) {
    if (!isRecord(issue)) continue;
    const at = textOf(issue.at);
    const message = textOf(issue.message);
    if (at !== null && message !== null) fields[at] ??= message;
  }
  return fields;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
