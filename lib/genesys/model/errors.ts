import { AppError } from '@/lib/kernel/errors';

/** Everything that can go wrong while speaking with Genesys Cloud. An empty answer is never one of these, nor stands for one. */
export type GenesysErrorCode =
  | 'bad_configuration'
  | 'unreachable'
  | 'unauthenticated'
  | 'ip_not_allowed'
  | 'no_permission'
  | 'not_found'
  | 'bad_request'
  | 'conflict'
  | 'rate_limited'
  | 'server_error'
  | 'unexpected_redirect'
  | 'bad_answer'
  | 'query_failed'
  | 'query_cancelled'
  | 'query_timed_out'
  | 'cursor_expired'
  | 'aborted';

export type GenesysErrorInit = {
  readonly code: GenesysErrorCode;
  /** A full sentence, "cannot <verb> <thing>: <why>"; holds no secret. */
  readonly message: string;
  readonly retryable?: boolean;
  readonly hint?: string;
  /** HTTP status of the platform's answer, where there was one. */
  readonly httpStatus?: number;
  /** The platform's own code, such as `missing.permissions`. */
  readonly platformCode?: string;
  /** `ININ-Correlation-Id`: what Genesys support asks for. */
  readonly contextId?: string | null;
  /** Permissions the platform said are missing, such as `audits:audit:view`. */
  readonly permissions?: readonly string[];
  /** The answer as it was received, where it could not be read. Never of the token endpoint. */
  readonly bytes?: Buffer;
  /** Seconds the platform asked us to wait. */
  readonly retryAfterSeconds?: number;
};

const OUR_STATUS: Partial<Record<GenesysErrorCode, number>> = {
  not_found: 404,
  bad_request: 400,
  bad_configuration: 400,
  conflict: 409,
};

/** A refusal or failure of Genesys Cloud, or of the way there. `cause` is never set: the HTTP client's errors carry credentials. */
export class GenesysError extends AppError<GenesysErrorCode> {
  readonly httpStatus: number | undefined;
  readonly platformCode: string | undefined;
  readonly contextId: string | null;
  readonly permissions: readonly string[];
  readonly retryAfterSeconds: number | undefined;
  declare readonly bytes: Buffer | undefined;

  constructor(init: GenesysErrorInit) {
    super({
      code: init.code,
      message: init.message,
      status: OUR_STATUS[init.code] ?? 502,
      ...(init.retryable === undefined ? {} : { retryable: init.retryable }),
      ...(init.hint === undefined ? {} : { hint: init.hint }),
    });
    this.name = 'GenesysError';
    this.httpStatus = init.httpStatus;
    this.platformCode = init.platformCode;
    this.contextId = init.contextId ?? null;
    this.permissions = init.permissions ?? [];
    this.retryAfterSeconds = init.retryAfterSeconds;
    // Not enumerable, so that no logger writes a page of personal data by printing an error.
    Object.defineProperty(this, 'bytes', { value: init.bytes, enumerable: false });
  }
}

/** Whether an audit query that ended so may succeed over a shorter interval. */
export function splittingMayHelp(code: GenesysErrorCode): boolean {
  return (
    code === 'query_failed' ||
    code === 'query_cancelled' ||
    code === 'query_timed_out' ||
    code === 'cursor_expired' ||
    code === 'bad_answer' ||
    code === 'server_error'
  );
}
