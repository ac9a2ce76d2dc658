import { parseArgs } from 'node:util';
import { AppError, messageOf } from '@/lib/kernel/errors';
import { type Command, type CommandCall, UsageError } from './command';
import { COMMANDS } from './commands';

const SHARED_OPTIONS = { json: { type: 'boolean' as const }, help: { type: 'boolean' as const, short: 'h' } };

/** Runs `tallystick <command> …`: progress on stderr, the result on stdout; exit 0 done, 1 failed, 2 called wrongly. */
async function main(argv: readonly string[]): Promise<number> {
  const found = findCommand(argv);
  if (found === null) {
    const asked = argv.some((word) => word === '--help' || word === '-h');
    if (asked) process.stdout.write(overview());
    else
      process.stderr.write(
        argv.length === 0 ? overview() : `tallystick: there is no command "${argv[0]}"\n\n${overview()}`,
      );
    return asked ? 0 : 2;
  }
  const { command, rest } = found;
  let call: CommandCall;
  let asJson = false;
  try {
    const parsed = parseArgs({
      args: [...rest],
      options: { ...command.options, ...SHARED_OPTIONS },
      allowPositionals: true,
      strict: true,
    });
    if (parsed.values.help) {
      process.stdout.write(`${command.summary}\n\nusage: tallystick ${command.usage} [--json]\n`);
      return 0;
    }
    asJson = parsed.values.json === true;
    const values = Object.fromEntries(
      Object.entries(parsed.values).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.map(String).join(',') : value,
      ]),
    );
    call = { values, positionals: parsed.positionals, progress: (line) => process.stderr.write(`${line}\n`) };
  } catch (error) {
    return wrongCall(command, messageOf(error));
  }
  try {
    const output = await command.run(call);
    process.stdout.write(
      asJson ? `${JSON.stringify(output.json)}\n` : output.text === '' ? '' : `${output.text}\n`,
    );
    return output.exitCode ?? 0;
  } catch (error) {
    if (error instanceof UsageError) return wrongCall(command, error.message);
    const hint = error instanceof AppError && error.hint !== undefined ? `\n${error.hint}` : '';
    process.stderr.write(`tallystick: ${messageOf(error)}${hint}\n`);
    return 1;
  }
}

function wrongCall(command: Command, problem: string): number {
  process.stderr.write(`tallystick: ${problem}\nusage: tallystick ${command.usage} [--json]\n`);
  return 2;
}

/** Commands of two words win over commands of one. */
function findCommand(argv: readonly string[]): { command: Command; rest: readonly string[] } | null {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(' ');
    const command = argv.length >= words ? COMMANDS.find((one) => one.name === name) : undefined;
    if (command !== undefined) return { command, rest: argv.slice(words) };
  }
  return null;
}

function overview(): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length));
  const lines = COMMANDS.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `usage: tallystick <command> [--json]\n\n${lines.join('\n')}\n`;
}

process.exitCode = await main(process.argv.slice(2));
