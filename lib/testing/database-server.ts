import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { withDatabase } from '@/lib/db/address';
import { serverAccount } from '@/lib/db/embedded/account';
import { serverBinaries } from '@/lib/db/embedded/binaries';
import { initialise, isAnswering, startServer, stopServer } from '@/lib/db/embedded/server';
import { migrate } from '@/lib/db/setup/migrate';
import { ensureRoles } from '@/lib/db/setup/roles';
import { processVariable } from '@/lib/env/process-environment';

/** The server of this run, as its superuser, and the migrated database that each test file copies. */
export type TestServer = {
  readonly superUrl: string;
  readonly appPassword: string;
  readonly template: string;
};

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

const TEMPLATE = 'tally_template';
const APP_PASSWORD = 'test-app';
/** No durability: a test server dies with its run. */
const FAST = [
  '-c',
  'fsync=off',
  '-c',
  'synchronous_commit=off',
  '-c',
  'full_page_writes=off',
  '-c',
  'shared_buffers=256MB',
  '-c',
  'max_wal_size=4GB',
];

/** Starts one PostgreSQL for the run (or takes TEST_DATABASE_URL, a superuser's), and migrates a template once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = processVariable('TEST_DATABASE_URL');
  const { superUrl, stop } = given ? { superUrl: given, stop: async () => {} } : await startTestServer();
  try {
    const template = given ? `${TEMPLATE}_${process.pid}` : TEMPLATE;
    await onServer(superUrl, async (client) => client.query(`create database ${template}`));
    const ownerUrl = withDatabase(superUrl, template);
    await ensureRoles({ ownerUrl, appLogin: { name: 'tally_app', password: APP_PASSWORD } });
    if (given)
      await onServer(superUrl, (client) => client.query(`alter role tally_app password '${APP_PASSWORD}'`));
    await migrate({ ownerUrl });
    project.provide('testServer', { superUrl, appPassword: APP_PASSWORD, template });
    return async () => {
      if (given)
        await onServer(superUrl, (client) =>
          client.query(`drop database if exists ${template} with (force)`),
        );
      await stop();
    };
  } catch (error) {
    await stop(); // vitest calls no teardown when the setup throws
    throw error;
  }
}

async function startTestServer(): Promise<{ superUrl: string; stop: () => Promise<void> }> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'tally-test-'));
  const account = serverAccount();
  const binaries = await serverBinaries(home, account);
  const dataFolder = path.join(home, 'pgdata');
  await initialise({ binaries, account, dataFolder, home, password: 'test', sync: false });
  const server = await startServer({
    binaries,
    account,
    dataFolder,
    home,
    settings: FAST,
    isReady: (port) => isAnswering(addressAt(port)),
  });
  return {
    superUrl: addressAt(server.port),
    async stop() {
      await stopServer(server.pid, 'immediate');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function addressAt(port: number): string {
  return `postgresql://postgres:test@127.0.0.1:${port}/postgres`;
}

async function onServer(superUrl: string, run: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: superUrl });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}
