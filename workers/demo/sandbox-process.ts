import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { childEnvironment } from '@/lib/env/process-environment';
import { AppError } from '@/lib/kernel/errors';
import { PROJECT_FOLDER } from '../supervisor/children';
import type { DemoOptions } from './options';

/** What the organisation in miniature says when it is ready. All that is known of it here is its address. */
const readyLine = z.object({
  ready: z.literal(true),
  url: z.url(),
  anchor: z.string(),
  env: z.record(z.string(), z.string()),
  policy: z.record(z.string(), z.unknown()),
});
export type SandboxReady = z.infer<typeof readyLine>;

const READY_LIMIT_MS = 60_000;

/** Starts the organisation in miniature as a process of its own. It leaves when its standard input closes, so with us. */
export async function startSandbox(
  options: Pick<DemoOptions, 'dataDir' | 'still' | 'anchor'>,
): Promise<{ ready: SandboxReady; process: ChildProcess }> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      path.join(PROJECT_FOLDER, 'e2e', 'sandbox', 'main.ts'),
      '--port',
      '0',
      '--rate-per-minute',
      '100000',
      '--dwell-ms',
      '20',
      '--data-dir',
      path.join(options.dataDir, 'sandbox'),
      ...(options.anchor === null ? [] : ['--anchor', options.anchor]),
      ...(options.still ? ['--still'] : []),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'], detached: true, env: childEnvironment() },
  );
  const ready = await new Promise<SandboxReady>((resolve, reject) => {
    const timer = setTimeout(() => reject(cannotStart('it said nothing for a minute')), READY_LIMIT_MS);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(cannotStart(`it ended with status ${code}`));
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const parsed = readyLine.safeParse(jsonOrNull(line));
      if (!parsed.success) return;
      clearTimeout(timer);
      resolve(parsed.data);
    });
  });
  return { ready, process: child };
}

function jsonOrNull(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Lines that are no JSON are its log; the ready line is awaited.
    return null;
  }
}

function cannotStart(because: string): AppError {
  return new AppError({
    code: 'sandbox_failed',
    message: `cannot start the organisation in miniature: ${because}`,
    hint: 'Its own words stand above.',
  });
}
