import { AppError } from '@/lib/kernel/errors';

export type DatabaseErrorCode =
  | 'database_unreachable'
  | 'database_not_prepared'
  | 'database_too_old'
  | 'database_newer'
  | 'database_behind'
  | 'database_rights_missing'
  | 'migration_edited'
  | 'migration_failed'
  | 'transaction_ended'
  | 'embedded_unavailable'
  | 'embedded_failed'
  | 'data_folder_busy';

export function databaseError(
  code: DatabaseErrorCode,
  message: string,
  more: {
    hint?: string;
    cause?: unknown;
    retryable?: boolean;
    details?: Readonly<Record<string, unknown>>;
  } = {},
): AppError<DatabaseErrorCode> {
  return new AppError({ code, message, ...more });
}

/** The SQLSTATE of what pg or Prisma threw, such as `23505`, or null. */
export function sqlState(thrown: unknown): string | null {
  if (typeof thrown !== 'object' || thrown === null) return null;
  if ('code' in thrown && typeof thrown.code === 'string' && /^[0-9A-Z]{5}$/.test(thrown.code)) {
    // Prisma's own codes have the same length: P2002 and its like.
    if (!/^P[12]\d{3}$/.test(thrown.code)) return thrown.code;
    return originalCode(thrown);
  }
  return 'cause' in thrown ? sqlState(thrown.cause) : null;
}

function originalCode(thrown: object): string | null {
  const cause = at(at(at(thrown, 'meta'), 'driverAdapterError'), 'cause');
  const code = at(cause, 'originalCode');
  return typeof code === 'string' ? code : null;
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;
}
