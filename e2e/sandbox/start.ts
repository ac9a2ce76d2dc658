import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { act } from './control/acts.ts';
import { controlDoor, setFaults } from './control/control-door.ts';
import { environmentOf } from './control/environment.ts';
import { startLiving } from './control/living.ts';
import { policyOf } from './control/policy.ts';
import { AuditQueries } from './genesys/audit/queries.ts';
import { auditRoutes, downloads } from './genesys/audit/routes.ts';
import { authorizationRoutes } from './genesys/directory/authorization.ts';
import { equipmentRoutes } from './genesys/directory/equipment.ts';
import { objectRoutes } from './genesys/directory/objects.ts';
import { settingsRoutes } from './genesys/directory/settings.ts';
import { userRoutes } from './genesys/directory/users.ts';
import { genesysDoor } from './genesys/door.ts';
import { responseRoutes } from './genesys/response/routes.ts';
import { TokenDesk } from './genesys/tokens.ts';
import { makeServer } from './http/server.ts';
import type { Faults, SandboxOptions } from './options.ts';
import { nameOrigin } from './outside/repository.ts';
import { PROJECT } from './outside/review-plan.ts';
import { makeSandbox, type Sandbox } from './sandbox.ts';
import { type RecordTruth, type Truth, truthOf } from './truth.ts';
import { gitHubDoor } from './vendors/github-door.ts';
import { gitLabDoor } from './vendors/gitlab-door.ts';
import { jiraDoor } from './vendors/jira-door.ts';
import { startMailSink } from './vendors/mail-sink.ts';
import { serviceNowDoor } from './vendors/servicenow-door.ts';
import { sinkDoors } from './vendors/sink-doors.ts';

/** A started sandbox: where it listens, how to connect to it, how things really are, and how to disturb it. */
export type RunningSandbox = {
  readonly url: string;
  readonly smtpUrl: string;
  readonly anchor: string;
  readonly env: Record<string, string>;
  readonly policy: Record<string, unknown>;
  /** Computed when read: live acts appear in it. */
  readonly truth: Truth;
  readonly faults: (patch: Partial<Faults>) => void;
  readonly act: (kind: string, details?: Record<string, unknown>) => { kind: string; records: RecordTruth[] };
  readonly state: Sandbox;
  readonly close: () => Promise<void>;
};

/** Requests per minute and token when nothing else is asked for: in tests nobody wants to wait. */
const TEST_RATE_PER_MINUTE = 100_000;
const TEST_DWELL_MS = 30;

/** Starts everything in this process. Without a data directory a temporary one is used and removed at the end. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const temporary = options.dataDir === undefined ? mkdtempSync(path.join(tmpdir(), 'sandbox-')) : null;
  const dataDir = path.resolve(options.dataDir ?? temporary ?? '.');
  const sandbox = makeSandbox({
    seed: options.seed ?? 1,
    anchor: fixAnchor(dataDir, options.anchor),
    dataDir,
    bulk: options.bulk ?? 0,
    dwellMs: options.dwellMs ?? TEST_DWELL_MS,
    ratePerMinute: options.ratePerMinute ?? TEST_RATE_PER_MINUTE,
    faults: options.faults ?? {},
  });
  const tokens = new TokenDesk(sandbox);
  const queries = new AuditQueries(sandbox);
  const routes = [
    ...auditRoutes(sandbox, queries),
    ...responseRoutes(sandbox, tokens),
    ...userRoutes(sandbox),
    ...authorizationRoutes(sandbox),
    ...objectRoutes(sandbox),
    ...equipmentRoutes(sandbox),
    ...settingsRoutes(sandbox),
  ];
  const genesys = genesysDoor(sandbox, { tokens, routes, download: downloads(sandbox, queries) });
  const server = makeServer(sandbox, [
    genesys,
    jiraDoor(sandbox),
    serviceNowDoor(sandbox),
    gitHubDoor(sandbox),
    gitLabDoor(sandbox),
    ...sinkDoors(sandbox),
    controlDoor(sandbox, tokens),
  ]);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  sandbox.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // The bare repository is a clone of the one on the sandbox's own GitHub.
  nameOrigin(sandbox.repository, `${sandbox.url}/github/${PROJECT}.git`);
  const mail = await startMailSink(sandbox, 0);
  const stopLiving = options.still === false ? startLiving(sandbox) : () => undefined;
  async function close(): Promise<void> {
    stopLiving();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await mail.close();
    if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
  }
  return {
    url: sandbox.url,
    smtpUrl: mail.url,
    anchor: new Date(sandbox.world.anchor).toISOString(),
    env: environmentOf(sandbox, mail.url),
    policy: policyOf(sandbox.world),
    get truth() {
      return truthOf(sandbox);
    },
    faults: (patch) => void setFaults(sandbox, { ...patch }),
    act: (kind, details = {}) => act(sandbox, { ...details, kind }),
    state: sandbox,
    close,
  };
}

/** The anchor: as told, else as fixed at the first start in this folder, else today 00:00 UTC. */
function fixAnchor(dataDir: string, told: string | undefined): number {
  const file = path.join(dataDir, 'sandbox-anchor');
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  const text = told ?? kept ?? `${new Date().toISOString().slice(0, 10)}T00:00:00.000Z`;
  const anchor = Date.parse(text);
  if (Number.isNaN(anchor)) throw new Error(`the anchor must be an ISO instant, not ${text}`);
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, new Date(anchor).toISOString());
  return anchor;
}
