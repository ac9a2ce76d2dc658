import { AppError } from '@/lib/kernel/errors';

export type WindowErrorCode =
  | 'window_wrong'
  | 'window_rule_wrong'
  | 'window_rule_too_dense'
  | 'window_range_too_wide'
  | 'window_read_only'
  | 'window_withdrawn';

const STATUS: Readonly<Record<WindowErrorCode, number>> = {
  window_wrong: 400,
  window_rule_wrong: 400,
  window_rule_too_dense: 400,
  window_range_too_wide: 400,
  window_read_only: 409,
  window_withdrawn: 409,
};

/** An error about change windows. */
export function windowError(
  code: WindowErrorCode,
  message: string,
  more: { readonly hint?: string; readonly cause?: unknown } = {},
): AppError<WindowErrorCode> {
  return new AppError({ code, message, status: STATUS[code], ...more });
}
