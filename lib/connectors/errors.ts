import { AppError } from '@/lib/kernel/errors';

/** Why an outside system gave no answer that counts. */
export type ConnectorErrorCode =
  | 'unreachable'
  | 'timed_out'
  | 'rate_limited'
  | 'auth_failed'
  | 'refused'
  | 'server_failed'
  | 'bad_answer'
  | 'too_large'
  | 'redirected'
  | 'git_failed'
  | 'bad_settings';

/** Codes where trying again later can help without anybody mending anything. */
const RETRYABLE: ReadonlySet<ConnectorErrorCode> = new Set([
  'unreachable',
  'timed_out',
  'rate_limited',
  'server_failed',
  'git_failed',
]);

/** An outside system's failure. The message names the host and what was asked for, never an address with secrets or a body. */
export function connectorError(
  code: ConnectorErrorCode,
  message: string,
  more: { hint?: string; cause?: unknown; details?: Readonly<Record<string, unknown>> } = {},
): AppError<ConnectorErrorCode> {
  return new AppError({ code, message, status: 502, retryable: RETRYABLE.has(code), ...more });
}

const CODES: ReadonlySet<string> = new Set<ConnectorErrorCode>([
  'unreachable',
  'timed_out',
  'rate_limited',
  'auth_failed',
  'refused',
  'server_failed',
  'bad_answer',
  'too_large',
  'redirected',
  'git_failed',
  'bad_settings',
]);

/** Whether this is an outside system's failure, as against a mistake of ours, which must not become "not evaluated". */
export function isConnectorError(thrown: unknown): thrown is AppError<ConnectorErrorCode> {
  return thrown instanceof AppError && CODES.has(thrown.code);
}
