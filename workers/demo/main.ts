import fs from 'node:fs';
import path from 'node:path';
import { collectSync } from '@/lib/changes/jobs';
import { isPortFree } from '@/lib/db/embedded/free-port';
import { database } from '@/lib/db/process-database';
import { envWith } from '@/lib/env/env';
import { processVariable } from '@/lib/env/process-environment';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { addMs, DAY_MS, SECOND_MS } from '@/lib/kernel/instant';
import { log } from '@/lib/log/log';
import { closeQueue, enqueue } from '@/lib/queue/enqueue';
import { runProcess, say, sentenceOf } from '../runtime/run-process';
import { ensureBuilt } from '../supervisor/build';
import { superviseAll } from '../supervisor/supervise-all';
import { applyPolicyFrom } from '../wiring/policy';
import { productOfProcess } from '../wiring/product';
import { collectFirst } from './first-collection';
import { DEMO_USAGE, type DemoOptions, readOptions } from './options';
import { HISTORY_DAYS, rememberPast } from './past-directory';
import { ensurePersonas, PERSONAS } from './personas';
import { type SandboxReady, startSandbox } from './sandbox-process';

/** How often the demo asks for what is new, so that a visitor sees the pages move; production asks every ten minutes. */
const DEMO_SYNC_MS = 20 * SECOND_MS;
const PORTS_TRIED = 50;

/**
 * `npm run demo`: the whole product on an embedded database of its own against an organisation in miniature, which runs as a
 * child process and is known by its address alone.
 */
await runProcess(async () => {
  const options = optionsOrExit();
  fs.mkdirSync(options.dataDir, { recursive: true });
  const programme = path.join(options.dataDir, 'demo.json');
  fs.rmSync(programme, { force: true });
  await ensureBuilt(say);
  const port = await freePortFrom(options.port);
  say('Starting Northwind Contact, an organisation in miniature …');
  const sandbox = await startSandbox(options);
  try {
    const settings = envWith({
      ...sandbox.ready.env,
      PORT: String(port),
      PROXY_PORT: String(port + 1),
      PUBLIC_URL: `http://localhost:${port}`,
      DATA_DIR: options.dataDir,
      // The terminal is the visitor's: progress and troubles stand there, not the working day of the processes.
      LOG_LEVEL: processVariable('LOG_LEVEL') ?? 'warn',
    });
    log.level = settings.LOG_LEVEL;
    const policyFile = path.join(options.dataDir, 'policy.json');
    fs.writeFileSync(policyFile, JSON.stringify(sandbox.ready.policy, null, 2));
    return await superviseAll({
      settings,
      web: 'start',
      say,
      async prepare() {
        await ensurePersonas(database());
        const since = addMs(new Date(sandbox.ready.anchor), -HISTORY_DAYS * DAY_MS);
        await applyPolicyFrom({ db: database() }, policyFile, SYSTEM_ACTOR, since);
        // Before the worker starts: its first pass reads the directory as it is now, and no snapshot may lie before a newer one.
        await rememberPast(productOfProcess(), sandbox.ready, say);
      },
      async onReady() {
        welcome(settings.publicUrl);
        await collectFirst(productOfProcess(), say);
        writeProgramme(programme, { url: settings.publicUrl, ready: sandbox.ready });
        say(`\nEverything is collected. Open ${settings.publicUrl} — Ctrl-C stops it all.`);
        if (!options.still) keepAsking();
      },
    });
  } finally {
    sandbox.process.kill('SIGTERM');
    await closeQueue();
  }
});

function optionsOrExit(): DemoOptions {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    say(`${sentenceOf(error)}\n${DEMO_USAGE}`);
    process.exit(2);
  }
}

async function freePortFrom(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + PORTS_TRIED; port += 2) {
    if ((await isPortFree(port, '127.0.0.1')) && (await isPortFree(port + 1, '127.0.0.1'))) {
      if (port !== wanted) say(`Port ${wanted} is taken; the demo moves to ${port}.`);
      return port;
    }
  }
  return wanted;
}

function keepAsking(): void {
  setInterval(() => {
    enqueue(collectSync, {}, { onceKey: 'demo' }).catch((error: unknown) => say(sentenceOf(error)));
  }, DEMO_SYNC_MS).unref();
}

function welcome(url: string): void {
  const rows = PERSONAS.map(
    ({ email, password, does }) => `  ${email.padEnd(32)} ${password.padEnd(24)} ${does}`,
  );
  say(
    `\nTallystick runs at ${url}. Sign in as:\n${rows.join('\n')}\n\nCollecting the organisation's history; the pages fill as it comes in.`,
  );
}

/** What journeys and curious people need to know of this demo. */
function writeProgramme(file: string, { url, ready }: { url: string; ready: SandboxReady }): void {
  const personas = PERSONAS.map(({ role, name, email, password }) => ({ role, name, email, password }));
  fs.writeFileSync(
    `${file}.new`,
    JSON.stringify({ url, sandboxUrl: ready.url, anchor: ready.anchor, personas }, null, 2),
  );
  fs.renameSync(`${file}.new`, file);
}
