import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { childEnvironment } from '@/lib/env/process-environment';
import { AppError } from '@/lib/kernel/errors';
import { PROJECT_FOLDER } from './children';

/** What the web application is built from. */
const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/schema',
  'proxy.ts',
  'instrumentation.ts',
  'instrumentation-node.ts',
  'next.config.ts',
  'package-lock.json',
];
const NOT_BUILT_FROM = /(\.test\.ts|\/lib\/testing|\.md)$/;

/** Builds the web application where there is no build, or one older than its sources. */
export async function ensureBuilt(say: (line: string) => void): Promise<void> {
  const mark = path.join(PROJECT_FOLDER, '.next', 'BUILD_ID');
  const builtAt = existsSync(mark) ? statSync(mark).mtimeMs : 0;
  if (SOURCES.every((source) => newest(path.join(PROJECT_FOLDER, source)) < builtAt)) return;
  say('Building the web application.');
  await run('prisma/generate.mjs', []);
  await run(createRequire(import.meta.url).resolve('next/dist/bin/next'), ['build', PROJECT_FOLDER]);
}

/** The latest change under a file or folder, in milliseconds since 1970; 0 where there is none. */
function newest(at: string): number {
  if (!existsSync(at) || NOT_BUILT_FROM.test(at)) return 0;
  const found = statSync(at);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...readdirSync(at).map((name) => newest(path.join(at, name))));
}

async function run(script: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: PROJECT_FOLDER,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: childEnvironment({ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }),
  });
  const [code] = await once(child, 'exit');
  if (code !== 0)
    throw new AppError({
      code: 'build_failed',
      message: 'cannot build the web application: see the lines above',
    });
}
