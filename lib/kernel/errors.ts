/**
 * The one base of errors thrown on purpose. Each room declares its own closed union of codes.
 *
 * `message` reads "cannot <verb> <thing>: <why>"; `hint` says what to do. Both may be shown to a person,
 * so neither may hold a secret. `retryable` tells the queue whether trying again can help.
 */
export class AppError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly status: number;
  readonly retryable: boolean;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(init: {
    code: Code;
    message: string;
    status?: number;
    retryable?: boolean;
    hint?: string;
    details?: Readonly<Record<string, unknown>>;
    cause?: unknown;
  }) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'AppError';
    this.code = init.code;
    this.status = init.status ?? 500;
    this.retryable = init.retryable ?? false;
    this.hint = init.hint;
    this.details = init.details;
  }
}

/** Codes any room may use for what a person asked wrongly. */
export type RequestErrorCode =
  | 'not_found'
  | 'bad_request'
  | 'unauthenticated'
  | 'forbidden'
  | 'conflict'
  | 'too_many_requests'
  | 'not_sealed_yet';

const STATUS: Record<RequestErrorCode, number> = {
  not_found: 404,
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  conflict: 409,
  too_many_requests: 429,
  not_sealed_yet: 409,
};

/** An error with the HTTP status that its code stands for. */
export function requestError(
  code: RequestErrorCode,
  message: string,
  more: { hint?: string; details?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
): AppError<RequestErrorCode> {
  return new AppError({ code, message, status: STATUS[code], ...more });
}

/** The sentence of anything thrown, for logs and stored reasons. Never the stack. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  return typeof thrown === 'string' ? thrown : 'unknown error';
}
