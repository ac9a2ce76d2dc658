import { AppError } from '@/lib/kernel/errors';

export type DirectoryErrorCode = 'snapshot_out_of_order' | 'snapshot_running' | 'policy_invalid';

/** An error of this room. */
export function directoryError(
  code: DirectoryErrorCode,
  message: string,
  more: {
    hint?: string;
    retryable?: boolean;
    status?: number;
    details?: Readonly<Record<string, unknown>>;
  } = {},
): AppError<DirectoryErrorCode> {
  return new AppError({ code, message, status: 409, ...more });
}
