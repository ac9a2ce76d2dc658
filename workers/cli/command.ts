import type { ParseArgsConfig } from 'node:util';

/** A mistake in how the command was called: exit status 2 with the usage line. */
export class UsageError extends Error {}

export type CommandOutput = {
  /** What `--json` prints: one JSON value on stdout. */
  readonly json: unknown;
  /** What a person reads on stdout. */
  readonly text: string;
  /** 0 done (default), 1 failed. */
  readonly exitCode?: 0 | 1;
};

export type CommandCall = {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
  /** One line of progress; goes to stderr, so that stdout holds the result alone. */
  readonly progress: (line: string) => void;
};

export type Command = {
  /** As typed, such as `user create`. */
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  readonly run: (call: CommandCall) => Promise<CommandOutput>;
};

/** A required option's text. Throws a UsageError that names it. */
export function requiredOption(call: CommandCall, name: string): string {
  const value = call.values[name];
  if (typeof value !== 'string' || value.trim() === '') throw new UsageError(`--${name} is required`);
  return value.trim();
}

export function optionalText(call: CommandCall, name: string): string | undefined {
  const value = call.values[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
