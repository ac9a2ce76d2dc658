import { env } from '@/lib/env/env';
import type { Env } from '@/lib/env/load-env';
import { AppError, messageOf } from '@/lib/kernel/errors';
import { log } from '@/lib/log/log';

/** Progress and problems for the person at the terminal; standard output is left to what a command answers. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs a process by its configuration and exits with what it returns, or with 1 after one sentence about what went wrong;
 * a stack is shown only for what nobody foresaw.
 */
export async function runProcess(run: (settings: Env) => Promise<number>): Promise<never> {
  try {
    process.exit(await run(env()));
  } catch (error) {
    say(sentenceOf(error));
    if (!(error instanceof AppError)) log.fatal({ err: error }, 'unexpected error');
    process.exit(1);
  }
}

/** Message and hint of anything thrown, for a terminal. */
export function sentenceOf(error: unknown): string {
  const message = messageOf(error);
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
  return error instanceof AppError && error.hint ? `${sentence}\n${error.hint}` : sentence;
}
