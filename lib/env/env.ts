import { existsSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@/lib/kernel/errors';
import { type Env, loadEnv } from './load-env';

export type EnvErrorCode = 'wrong_configuration';

let loaded: Env | undefined;

/**
 * The configuration of this process, parsed at first use; a `.env` file in the working folder fills in what is not set.
 *
 * Throws `wrong_configuration` with one sentence per problem in `details.problems`, one per line in the message.
 */
export function env(): Env {
  if (!loaded) {
    const file = path.join(process.cwd(), '.env');
    if (!process.env.VITEST && existsSync(file)) process.loadEnvFile(file);
    const result = loadEnv(process.env);
    if (!result.ok) throw wrongConfiguration(result.problems);
    loaded = result.env;
  }
  return loaded;
}

/** Sets variables that the command line of a starter stands for, also for its children, and gives the configuration with them. */
export function envWith(variables: Readonly<Record<string, string>>): Env {
  Object.assign(process.env, variables);
  loaded = undefined;
  return env();
}

export function wrongConfiguration(problems: readonly string[]): AppError<EnvErrorCode> {
  return new AppError({
    code: 'wrong_configuration',
    message: `cannot start: ${problems.length === 1 ? 'one setting is wrong' : `${problems.length} settings are wrong`}.\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    hint: '.env.example lists all settings with a line each.',
    details: { problems },
  });
}
