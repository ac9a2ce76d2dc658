import { z } from 'zod';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_LEVEL = z.enum(LOG_LEVELS, `is none of ${LOG_LEVELS.join(', ')}`);

/** The level to log at, before the rest of the environment is known to be right: a wrong one is `info` here and stops the start in `env()`. */
export function logLevel(source: Record<string, string | undefined> = process.env): LogLevel {
  const wanted = LOG_LEVEL.safeParse(source.LOG_LEVEL);
  if (wanted.success) return wanted.data;
  return source.VITEST ? 'silent' : 'info';
}
