import { spawn } from 'node:child_process';
import { connectorError } from '../../errors';

export type GitRun = {
  readonly args: readonly string[];
  /** The repository; absent only for `clone` and `--version`. */
  readonly gitDir?: string;
  readonly input?: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** The repository's name in messages, without credentials. */
  readonly name: string;
};

/**
 * Options that keep a foreign repository from acting: no hooks, no helpers that ask, no transport that runs commands. They
 * are arguments, so that no file of the machine can undo them.
 */
const SAFE_OPTIONS = [
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.askPass=true',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'credential.interactive=never',
  '-c',
  'protocol.ext.allow=never',
  '-c',
  'safe.directory=*',
  '-c',
  'core.quotePath=false',
  '-c',
  'gc.auto=0',
];

/**
 * The standard output of one git command. Arguments go to the program as they are: no shell reads them.
 *
 * Throws `git_failed` when git ends with an error, `timed_out` and `too_large` when it was ended by us. What git printed is not quoted,
 * since it repeats addresses with their passwords.
 */
export function runGit(run: GitRun): Promise<Buffer> {
  const where = run.gitDir === undefined ? [] : [`--git-dir=${run.gitDir}`];
  return new Promise((resolve, reject) => {
    // A session of its own: no terminal on which git or ssh could wait for an answer, and one signal ends its children too.
    const child = spawn('git', [...SAFE_OPTIONS, ...where, ...run.args], {
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const parts: Buffer[] = [];
    let size = 0;
    let ended: Error | null = null;
    const end = (error: Error) => {
      ended ??= error;
      if (child.pid !== undefined) {
        try {
          process.kill(-child.pid, 'SIGKILL');
        } catch {
          // It has just left by itself.
        }
      }
    };
    const timer = setTimeout(
      () =>
        end(
          connectorError(
            'timed_out',
            `cannot read repository ${run.name}: git took longer than ${run.timeoutMs} ms`,
          ),
        ),
      run.timeoutMs,
    );
    child.stdout.on('data', (part: Buffer) => {
      size += part.length;
      if (size > run.maxBytes)
        end(
          connectorError('too_large', `cannot read repository ${run.name}: more than ${run.maxBytes} bytes`),
        );
      else parts.push(part);
    });
    child.on('error', () => {
      ended ??= connectorError(
        'git_failed',
        `cannot read repository ${run.name}: the program git cannot be started`,
        {
          hint: 'Install git and put it on the PATH.',
        },
      );
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (ended !== null) reject(ended);
      else if (code === 0) resolve(Buffer.concat(parts, size));
      else
        reject(
          connectorError(
            'git_failed',
            `cannot read repository ${run.name}: git ${run.args[0] ?? ''} ended with ${code ?? 'a signal'}`,
          ),
        );
    });
    child.stdin.on('error', () => {}); // git may leave before it has read everything; its exit code says so
    child.stdin.end(run.input ?? '');
  });
}
