import { readOrMakeSecret, secretFile } from '@/lib/env/kept-secrets';
import type { Env } from '@/lib/env/load-env';
import { processVariable } from '@/lib/env/process-environment';
import { loginOf, withDatabase, withLogin } from './address';
import { attachEmbedded } from './embedded/embedded';
import { watchEmbedded } from './embedded/watch';
import { withConnection } from './pool';
import { closeDatabase, PREPARED_DATABASE_URL, provideDatabase } from './process-database';
import type { MigrationProgress } from './setup/migrate';
import { prepareDatabase } from './setup/prepare-database';
import { setAppPassword } from './setup/roles';

const EMBEDDED_DATABASE = 'tallystick';

export type ReadyDatabase = {
  /** Address for web, workers and the queue; `childVariables` hands it on. */
  readonly url: string;
  /** Address that migrations used; null in a child of the supervisor, which has no business with it. */
  readonly ownerUrl: string | null;
  readonly embedded: boolean;
  /** The folder outside DATA_DIR that the embedded database was put into, or null. */
  readonly movedTo: string | null;
  /** Variables that let a child process use `database()` without preparing anything. */
  readonly childVariables: Readonly<Record<string, string>>;
  /** Closes this process's database; the last process to leave an embedded one stops it. */
  leave(): Promise<void>;
};

export type Progress = (sentence: string) => void;

/**
 * The database, reachable and migrated, whoever starts first: what a parent process prepared, or DATABASE_URL, or the
 * embedded one under DATA_DIR. Afterwards `database()` works in this process.
 */
export async function ensureDatabase(
  settings: Pick<Env, 'DATABASE_URL' | 'DATABASE_OWNER_URL' | 'DATA_DIR'>,
  options: { readonly processName: string; readonly onProgress?: Progress },
): Promise<ReadyDatabase> {
  const onProgress = options.onProgress ?? (() => {});
  const applicationName = `tallystick-${options.processName}`;
  const prepared = processVariable(PREPARED_DATABASE_URL);
  if (prepared)
    return ready({ url: prepared, ownerUrl: null, embedded: false, movedTo: null, applicationName });
  if (!settings.DATABASE_URL) return ensureEmbedded(settings.DATA_DIR, applicationName, onProgress);

  const ownerUrl = settings.DATABASE_OWNER_URL ?? settings.DATABASE_URL;
  await prepareDatabase({
    ownerUrl,
    appLogin: loginOf(settings.DATABASE_URL),
    onProgress: inWords(onProgress),
  });
  return ready({ url: settings.DATABASE_URL, ownerUrl, embedded: false, movedTo: null, applicationName });
}

async function ensureEmbedded(
  dataDir: string,
  applicationName: string,
  onProgress: Progress,
): Promise<ReadyDatabase> {
  const server = await attachEmbedded(dataDir, onProgress);
  try {
    const ownerUrl = withDatabase(server.superUrl, EMBEDDED_DATABASE);
    const appLogin = { name: 'tally_app', password: readOrMakeSecret(secretFile(dataDir, 'postgres-app')) };
    await makeDatabase(server.superUrl);
    await prepareDatabase({ ownerUrl, appLogin, onProgress: inWords(onProgress) });
    const url = withLogin(ownerUrl, appLogin);
    await mendPassword({ url, ownerUrl, password: appLogin.password });
    const unwatch = watchEmbedded(dataDir, server);
    return ready({
      url,
      ownerUrl,
      embedded: true,
      movedTo: server.movedTo,
      applicationName,
      async leave() {
        await unwatch();
        await server.leave();
      },
    });
  } catch (error) {
    await server.leave();
    throw error;
  }
}

async function makeDatabase(superUrl: string): Promise<void> {
  await withConnection({ url: superUrl, applicationName: 'tallystick-prepare' }, async (client) => {
    // Two first starts may come here together; the lock is the server's, in the one database both are connected to.
    await client.query(`select pg_advisory_lock(hashtext('tallystick.create'))`);
    const found = await client.query('select 1 from pg_database where datname = $1', [EMBEDDED_DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${EMBEDDED_DATABASE}`);
  });
}

/** The file with the application's password may have been restored from elsewhere; it is what counts. */
async function mendPassword(login: { url: string; ownerUrl: string; password: string }): Promise<void> {
  const works = await withConnection(
    { url: login.url, applicationName: 'tallystick-prepare' },
    async () => true,
  ).catch(() => false);
  if (works) return;
  await withConnection({ url: login.ownerUrl, applicationName: 'tallystick-prepare' }, (client) =>
    setAppPassword(client, login.password),
  );
}

function ready(made: {
  url: string;
  ownerUrl: string | null;
  embedded: boolean;
  movedTo: string | null;
  applicationName: string;
  leave?: () => Promise<void>;
}): ReadyDatabase {
  provideDatabase({ url: made.url, applicationName: made.applicationName });
  return {
    url: made.url,
    ownerUrl: made.ownerUrl,
    embedded: made.embedded,
    movedTo: made.movedTo,
    childVariables: { [PREPARED_DATABASE_URL]: made.url },
    async leave() {
      await closeDatabase();
      await made.leave?.();
    },
  };
}

function inWords(onProgress: Progress): MigrationProgress {
  return (event) => {
    if (event.kind === 'applying') onProgress(`Applying migration ${event.name}.`);
    if (event.kind === 'waiting') onProgress('Waiting: another process migrates this database.');
  };
}
