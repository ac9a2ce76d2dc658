import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { PROJECT_FOLDER } from '@/workers/supervisor/children';

const READY_LIMIT_MS = 60_000;
const REQUEST_LIMIT_MS = 60_000;
/** Far more than one collector can ask for. */
const RATE_PER_MINUTE = 1_000_000;

const readyLine = z.object({
  ready: z.literal(true),
  url: z.string(),
  env: z.record(z.string(), z.string()),
});
const truth = z.object({
  orgId: z.string(),
  accountable: z.number(),
  totals: z.object({ records: z.number() }),
});
const recordLine = z.object({ id: z.string() });

/** What the organisation really holds. */
export type SandboxTruth = {
  readonly orgId: string;
  /** Every audit record's id, as often as it stands there. */
  readonly ids: readonly string[];
  readonly accountable: number;
};

/** The outside world as a process of its own, known by its address. */
export type SandboxProcess = {
  /** With these the product finds it. */
  readonly env: Readonly<Record<string, string>>;
  truth(): Promise<SandboxTruth>;
  stop(): Promise<void>;
};

/** Starts the sandbox with `bulk` plain records on top of what is planted, still, fast, and with its history's end at `anchor`. */
export async function startSandboxProcess(options: {
  readonly folder: string;
  readonly bulk: number;
  readonly dwellMs: number;
  readonly anchor: Date;
}): Promise<SandboxProcess> {
  const log = openSync(path.join(options.folder, 'sandbox.log'), 'a');
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      path.join(PROJECT_FOLDER, 'e2e', 'sandbox', 'main.ts'),
      '--still',
      ...['--bulk', String(options.bulk), '--dwell-ms', String(options.dwellMs)],
      ...['--rate-per-minute', String(RATE_PER_MINUTE), '--anchor', options.anchor.toISOString()],
      ...['--data-dir', path.join(options.folder, 'sandbox')],
    ],
    { stdio: ['pipe', 'pipe', log, 'ipc'] },
  );
  closeSync(log);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await exited;
    clearTimeout(kill);
  };
  const limit = setTimeout(() => child.kill('SIGKILL'), READY_LIMIT_MS);
  try {
    if (child.stdout === null) throw new Error('the sandbox has no output');
    for await (const line of createInterface({ input: child.stdout })) {
      clearTimeout(limit);
      const { url, env } = readyLine.parse(JSON.parse(line));
      return { env, truth: () => readTruth(url), stop };
    }
  } catch (error) {
    await stop();
    throw error;
  }
  throw new Error('the sandbox did not start; see its log');
}

async function readTruth(url: string): Promise<SandboxTruth> {
  const get = async (path: string): Promise<string> => {
    const answer = await fetch(`${url}/__sandbox${path}`, { signal: AbortSignal.timeout(REQUEST_LIMIT_MS) });
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} to ${path}`);
    return answer.text();
  };
  const sums = truth.parse(JSON.parse(await get('/truth')));
  const lines = (await get('/truth/records')).split('\n').filter((line) => line !== '');
  const ids = lines.map((line) => recordLine.parse(JSON.parse(line)).id);
  if (ids.length !== sums.totals.records)
    throw new Error(`the sandbox counts ${sums.totals.records} records and lists ${ids.length}`);
  return { orgId: sums.orgId, accountable: sums.accountable, ids };
}
