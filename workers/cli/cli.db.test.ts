import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { CLIENTS } from '@/e2e/sandbox/world/access';
import { addMs, DAY_MS, floorToDay } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';

/** The command line as a shell sees it: exit status, one JSON value on stdout, everything else on stderr. */

const ROOT = path.resolve(import.meta.dirname, '../..');
const ANCHOR = addMs(floorToDay(new Date()), -3 * DAY_MS);

let sandbox: RunningSandbox;
let testing: TestDatabase;
let folder: string;

beforeAll(async () => {
  sandbox = await startSandbox({ anchor: ANCHOR.toISOString(), still: true, dwellMs: 15 });
  testing = await testDatabase();
  folder = mkdtempSync(path.join(tmpdir(), 'cli-'));
}, 120_000);
afterAll(async () => {
  await sandbox?.close();
  await testing?.drop();
  rmSync(folder, { recursive: true, force: true });
});

type Ended = { readonly status: number | null; readonly out: string; readonly err: string };

function tallystick(args: readonly string[], more: Record<string, string> = {}): Promise<Ended> {
  const { NODE_OPTIONS: _, ...own } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'workers/cli/main.ts', ...args], {
    cwd: ROOT,
    env: {
      ...own,
      NODE_ENV: 'production',
      LOG_LEVEL: 'silent',
      ...sandbox.env,
      DATA_DIR: folder,
      DATABASE_URL: testing.url,
      DATABASE_OWNER_URL: testing.ownerUrl,
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const read = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    read.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    read.err += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...read }));
  });
}

/** The one JSON value on stdout; anything beside it fails. */
function json(ended: Ended): unknown {
  expect(ended.out.trim().split('\n')).toHaveLength(1);
  return JSON.parse(ended.out);
}

describe('called wrongly', () => {
  test.each([
    ['an unknown command', ['colect'], 'no command "colect"'],
    ['no command', [], ''],
    ['an unknown option', ['collect', '--form', '2026-01-01'], 'usage: tallystick collect'],
    ['half a range', ['collect', '--from', '2026-01-01T00:00:00Z'], '--from and --to belong together'],
    ['no instant', ['coverage', '--from', 'yesterday'], '--from is no instant'],
    ['a missing option', ['user', 'create', '--name', 'Ada'], '--email is required'],
    ['an unknown role', ['api-key', 'create', '--role', 'king'], '--role is none of admin'],
  ])('%s: status 2, the usage on stderr, nothing on stdout', async (_, args, says) => {
    const ended = await tallystick(args);
    expect({ status: ended.status, out: ended.out }).toEqual({ status: 2, out: '' });
    expect(ended.err).toContain(says);
    expect(ended.err).toContain('usage: tallystick');
  });

  test('help is no mistake', async () => {
    const ended = await tallystick(['--help']);
    expect(ended).toMatchObject({ status: 0, err: '' });
    for (const name of ['collect', 'coverage', 'link', 'doctor', 'api-key create'])
      expect(ended.out).toContain(name);
  });

  test('a wrong configuration ends with status 1 and one sentence', async () => {
    const ended = await tallystick(['doctor'], { GENESYS_GATEWAY_URL: 'not an address' });
    expect({ status: ended.status, out: ended.out }).toEqual({ status: 1, out: '' });
    expect(ended.err).toContain('GENESYS_GATEWAY_URL');
  });
});

describe('people and keys', () => {
  test('user create adds a person and shows a password once', async () => {
    const person = ['user', 'create', '--email', 'ada@example.com', '--name', 'Ada', '--role', 'admin'];
    const made = await tallystick([...person, '--json']);
    expect(made.status).toBe(0);
    expect(json(made)).toEqual({
      id: expect.stringMatching(/^usr_/),
      email: 'ada@example.com',
      role: 'admin',
      password: expect.stringMatching(/^.{12,}$/),
    });
    const again = await tallystick([...person, '--json']);
    expect({ status: again.status, out: again.out }).toEqual({ status: 1, out: '' });
    expect(again.err).toContain('cannot');
  });

  test('api-key create --json prints exactly id and key', async () => {
    const made = await tallystick(['api-key', 'create', '--role', 'auditor', '--json']);
    expect(made.status).toBe(0);
    expect(json(made)).toEqual({ id: expect.stringMatching(/^key_/), key: expect.any(String) });
  });
});

describe('the pipeline', () => {
  const RANGE = { from: addMs(ANCHOR, -2 * DAY_MS), to: addMs(ANCHOR, -DAY_MS) };
  const range = ['--from', RANGE.from.toISOString(), '--to', RANGE.to.toISOString()];

  test('collect --json: one whole pass, its figures on stdout, its progress on stderr', async () => {
    const done = await tallystick(['collect', ...range, '--json']);
    expect(done.status).toBe(0);
    const planted = [...sandbox.state.store.all()].filter(
      ({ at }) => at >= RANGE.from.getTime() && at < RANGE.to.getTime(),
    );
    expect(json(done)).toMatchObject([
      {
        orgId: sandbox.truth.orgId,
        snapshot: { outcome: 'complete' },
        collected: { state: 'done', records: planted.length, newRecords: planted.length, quarantined: 0 },
        links: { notEvaluated: 0, sourcesDown: [] },
      },
    ]);
    expect(done.err).toContain('resweep 1/1');
  });

  test('a pass that is not answered ends with status 1 and says why', async () => {
    sandbox.faults({ queryFails: 1_000 });
    const failed = await tallystick(['sync', ...range]);
    sandbox.faults({ queryFails: 0 });
    expect(failed.status).toBe(1);
    expect(failed.out).toMatch(/not answer/);
  });

  test('X1: coverage --json names the hours, and the gaps just made', async () => {
    const told = await tallystick(['coverage', ...range, '--json']);
    expect(told.status).toBe(0);
    const coverage = json(told);
    expect(coverage).toMatchObject({ totals: { complete: 0 }, completeTo: expect.any(String) });
    expect(coverage).toHaveProperty('hours.length', 24);
    const shown = await tallystick(['coverage', ...range]);
    expect(shown.out).toMatch(/gap/);
  });

  test('link --all judges everything that is not linked once more', async () => {
    const again = await tallystick(['link', '--all', '--json']);
    expect(again.status).toBe(0);
    expect(json(again)).toMatchObject([{ orgId: sandbox.truth.orgId, sourcesDown: [] }]);
  });
});

describe('doctor', () => {
  type Finding = { about: string; state: string; says: string; mend: string | null };

  async function findings(
    more: Record<string, string> = {},
  ): Promise<{ status: number | null; all: Finding[] }> {
    const ended = await tallystick(['doctor', '--json'], more);
    const told = json(ended);
    if (typeof told !== 'object' || told === null || !('findings' in told) || !Array.isArray(told.findings))
      throw new Error(ended.out);
    return { status: ended.status, all: told.findings };
  }

  test('D33: says which licence there is, that nothing is missing, and that the client may do no more', async () => {
    const { status, all } = await findings();
    expect(status).toBe(0);
    const ending = (end: string) => all.find((one) => one.about.endsWith(end));
    expect(ending(', licence')).toMatchObject({
      state: 'ok',
      says: expect.stringMatching(/^CX 3 \(.+\), sufficient$/),
    });
    expect(ending(', least privilege')).toMatchObject({ state: 'ok' });
    expect(all.filter((one) => one.state === 'failed')).toEqual([]);
  });

  test('D33, I28, L22: names each permission that a restricted client lacks, and how to add it', async () => {
    const { id, secret } = CLIENTS.restricted;
    const { status, all } = await findings({ GENESYS_CLIENT_ID: id, GENESYS_CLIENT_SECRET: secret });
    const missing = all.filter((one) => one.says.includes('permission missing'));
    expect(missing.length).toBeGreaterThan(0);
    for (const one of missing) {
      const permission = /permission missing: ([\w:]+)/.exec(one.says)?.[1] ?? '?';
      expect(one.mend).toContain(permission);
      expect(['failed', 'not_evaluated']).toContain(one.state);
    }
    expect(status).toBe(missing.some((one) => one.state === 'failed') ? 1 : 0);
  });

  test('L22: warns of a client that may do more than is needed', async () => {
    const { id, secret } = CLIENTS.overPrivileged;
    const { all } = await findings({ GENESYS_CLIENT_ID: id, GENESYS_CLIENT_SECRET: secret });
    expect(all.find((one) => one.about.endsWith(', least privilege'))).toMatchObject({
      state: 'warning',
      says: expect.stringContaining('more than is needed'),
    });
  });

  test('wrong credentials: status 1 and what to check', async () => {
    const { status, all } = await findings({ GENESYS_CLIENT_SECRET: 'wrong' });
    expect(status).toBe(1);
    expect(all.some((one) => one.state === 'failed' && one.mend?.includes('client'))).toBe(true);
  });
});
