import { AuditStore } from './history/audit-store.ts';
import { BulkRecords } from './history/bulk.ts';
import { type History, plantHistory } from './history/history.ts';
import type { Planted } from './history/record.ts';
import { type Faults, NO_FAULTS } from './options.ts';
import { makeRepository, type Repository } from './outside/repository.ts';
import { buildWorld } from './world/build.ts';
import { type NameChange, plantNameChanges } from './world/changes-of-name.ts';
import type { World } from './world/shapes.ts';

export type SinkRequest = {
  readonly sink: string;
  readonly at: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
  readonly answered: number;
};
export type Mail = {
  readonly at: string;
  readonly from: string;
  readonly to: string[];
  readonly subject: string;
  readonly raw: string;
};

/** All state of one running sandbox. Routes read and change it; nothing else holds any. */
export type Sandbox = {
  readonly world: World;
  readonly history: History;
  readonly repository: Repository;
  readonly nameChanges: readonly NameChange[];
  readonly store: AuditStore;
  readonly faults: Faults;
  readonly settings: { ratePerMinute: number; dwellMs: number };
  /** The instant as of which directory endpoints answer; null is now. */
  clock: number | null;
  readonly live: Planted[];
  readonly appended: Planted[];
  readonly sinks: SinkRequest[];
  readonly mails: Mail[];
  readonly requests: {
    total: number;
    byRoute: Map<string, number>;
    recent: { at: string; method: string; path: string; status: number }[];
  };
  /** Version conflicts so far: they alternate between 409 and 400. */
  conflicts: number;
  /** How many live acts were performed. */
  acts: number;
  /** Where live records are pushed to as EventBridge would; null: nowhere. */
  push: { url: string; key: string } | null;
  /** Set once the server listens. */
  url: string;
};

/** Builds world, repository, tickets and records. No clock but the anchor, no network. */
export function makeSandbox(parts: {
  seed: number;
  anchor: number;
  dataDir: string;
  bulk: number;
  dwellMs: number;
  ratePerMinute: number;
  faults: Partial<Faults>;
}): Sandbox {
  const world = buildWorld(parts.seed, parts.anchor);
  const nameChanges = plantNameChanges(world);
  const repository = makeRepository(world, parts.dataDir);
  const history = plantHistory(world, { repository, nameChanges });
  return {
    world,
    history,
    repository,
    nameChanges,
    store: new AuditStore(history.planted, new BulkRecords(world, parts.bulk)),
    faults: { ...NO_FAULTS, ...parts.faults },
    settings: { ratePerMinute: parts.ratePerMinute, dwellMs: parts.dwellMs },
    clock: null,
    live: [],
    appended: [],
    sinks: [],
    mails: [],
    requests: { total: 0, byRoute: new Map(), recent: [] },
    conflicts: 0,
    acts: 0,
    push: null,
    url: '',
  };
}

/** The instant as of which directory endpoints answer. */
export function directoryInstant(sandbox: Sandbox): number {
  return sandbox.clock ?? Date.now();
}
