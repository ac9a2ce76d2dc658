import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PROCESS_NAME } from '@/lib/db/process-database';
import type { Env } from '@/lib/env/load-env';
import { AppError } from '@/lib/kernel/errors';
import type { ChildSpec } from './child';

export const PROJECT_FOLDER = path.resolve(import.meta.dirname, '..', '..');

type WebSettings = Pick<Env, 'HOST' | 'PORT' | 'publicUrl'>;

/** Next itself, not through npm or npx: a shell between us would swallow the signal. */
export function webChild(
  settings: WebSettings,
  mode: 'start' | 'dev',
  variables: Readonly<Record<string, string>>,
): ChildSpec {
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  return {
    name: 'web',
    args: [next, mode, PROJECT_FOLDER, '-H', settings.HOST, '-p', String(settings.PORT)],
    variables: {
      ...variables,
      NODE_ENV: mode === 'dev' ? 'development' : 'production',
      NEXTAUTH_URL: settings.publicUrl,
      NEXT_TELEMETRY_DISABLED: '1',
      [PROCESS_NAME]: 'web',
    },
    stopLimitMs: 12_000,
    isReady: () => answersHttp(`${localAddress(settings)}/api/v1/health`),
  };
}

export function workerChild(variables: Readonly<Record<string, string>>): ChildSpec {
  return {
    name: 'worker',
    args: ['--import', 'tsx', path.join(PROJECT_FOLDER, 'workers', 'worker.ts')],
    variables: { ...variables, [PROCESS_NAME]: 'worker' },
    stopLimitMs: 25_000,
  };
}

/** Throws `not_built` when there is no build to start. */
export function assertBuilt(): void {
  if (existsSync(path.join(PROJECT_FOLDER, '.next', 'BUILD_ID'))) return;
  throw new AppError({
    code: 'not_built',
    message: 'cannot start: the web application is not built',
    hint: 'Run `npm run build` first.',
  });
}

/** Where this machine reaches the web application; a host of "all addresses" is none to connect to. */
export function localAddress({ HOST, PORT }: Pick<Env, 'HOST' | 'PORT'>): string {
  const all = HOST === '0.0.0.0' || HOST === '::';
  const host = all ? '127.0.0.1' : HOST.includes(':') ? `[${HOST}]` : HOST;
  return `http://${host}:${PORT}`;
}

async function answersHttp(address: string): Promise<boolean> {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return answer.status < 500;
  } catch {
    return false;
  }
}
