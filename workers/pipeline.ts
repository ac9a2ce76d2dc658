import { liftPastMutes } from '@/lib/alerts/mutes/lift-past-mutes';
import { proposeResponses } from '@/lib/alerts/responses/propose-responses';
import { closeEnded } from '@/lib/alerts/routing/close-ended';
import { configuredChannels } from '@/lib/alerts/routing/configured-channels';
import { routeFindings } from '@/lib/alerts/routing/route-findings';
import { genesysAudits } from '@/lib/changes/collect/audit-source';
import {
  type CollectAsk,
  type Collected,
  type CollectProgress,
  collectAudits,
} from '@/lib/changes/collect/collect-audits';
import { findGaps } from '@/lib/changes/collect/find-gaps';
import { enrichChanges } from '@/lib/changes/ingest/enrich-changes';
import { wantUnresolvedNames } from '@/lib/changes/ingest/want-names';
import { detect } from '@/lib/detections/detect';
import { detectSilences } from '@/lib/detections/detect-silences';
import { genesysAsk, genesysReader } from '@/lib/directory/genesys-reader';
import { lookUpNames } from '@/lib/directory/look-up-name';
import { type SnapshotProgress, type SnapshotResult, takeSnapshot } from '@/lib/directory/take-snapshot';
import { findUnauditedMoves } from '@/lib/divisions/find-unaudited-moves';
import { recordMoves } from '@/lib/divisions/record-moves';
import { RETENTION_MS } from '@/lib/genesys/model/plan-chunks';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { addMs, HOUR_MS } from '@/lib/kernel/instant';
import { markBypasses } from '@/lib/linking/mark-bypasses';
import { groupChanges } from '@/lib/sessions/group-changes';
import { type Linked, linkOrganization, type Occasion } from './pipeline-links';
import { askWhatBelongsTogether, readFlowVersions, readRepositories } from './wiring/around-changes';
import type { Connection } from './wiring/connections';
import { pipelineClients } from './wiring/pipeline-clients';
import { applyDivisions } from './wiring/policy';
import type { Product } from './wiring/product';
import { refreshCalendar } from './wiring/windows';

/**
 * The whole flow on one page: directory -> audit records -> names -> sessions -> links -> moves -> findings -> alerts and
 * responses. Who triggers whom is written here and nowhere else.
 *
 * The directory comes first, so that names of the moment are there when changes are enriched; what is judged comes after what
 * it is judged by. Each step can be repeated and killed; what is left is found by the next pass.
 */
export async function passOver(
  product: Product,
  connection: Connection,
  pass: PassOptions,
): Promise<PassResult> {
  const snapshot = pass.snapshot ? await snapshotDirectory(product, connection, pass) : null;
  await refreshCalendar(product, connection);
  const collected = await collect(product, connection, pass);
  const healed = pass.ask.kind === 'sync' ? await healGaps(product, connection, { ...pass, collected }) : [];
  await nameWhatIsUnresolved(product, connection, { ...pass, learnt: learntAnything(snapshot) });
  await readRepositories(product, connection, {
    ...pass,
    clients: await pipelineClients(product, connection),
  });
  // Before links are asked for, since those may wait for others' servers and a person moving themselves may not.
  await judgeOrganization(product, connection, pass);
  await askWhatBelongsTogether(product, connection, pass);
  await readFlowVersions(product, connection, pass);
  const links = await linkOrganization(product, connection, pass);
  await findUnauditedMoves(product.db, {
    orgId: connection.orgId,
    policy: connection.policy,
    now: new Date(),
  });
  const judged = await judgeOrganization(product, connection, pass);
  return { orgId: connection.orgId, orgName: connection.orgName, snapshot, collected, healed, links, judged };
}

/**
 * What became new or other since the last time: put together, held against divisions and rules, told and answered. Asks nobody
 * outside but the platform, and that only about what a finding wants done.
 */
export async function judgeOrganization(
  product: Product,
  connection: Connection,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Judged> {
  const { db } = product;
  const { orgId, policy, genesys, responder } = connection;
  const signal = signalOf(options);
  const ownClientIds = new Set([genesys.clientId, responder.clientId]);
  const { sessions } = await groupChanges(db, { orgId, now: new Date(), ...signal });
  const { recorded } = await recordMoves(db, { orgId, policy, now: new Date(), ...signal });
  await markBypasses(db, { orgId, pipelineClients: await pipelineClients(product, connection), ...signal });
  const { found } = await detect(db, { orgId, now: new Date(), ownClientIds, ...signal });
  const { alerts } = await routeFindings(db, {
    orgId,
    now: new Date(),
    configured: configuredChannels(product.env),
  });
  const { approved } = await proposeResponses(db, {
    orgId,
    policy,
    now: new Date(),
    guardsContext: { genesys: responder, ownClientIds },
    ...signal,
  });
  return {
    sessions: sessions.length,
    moves: recorded,
    findings: found.length,
    alerts: alerts.length,
    approved,
  };
}

/** What one judgement came to. */
export type Judged = {
  /** Sessions, moves, findings and alerts that are new or other than before. */
  readonly sessions: number;
  readonly moves: number;
  readonly findings: number;
  readonly alerts: number;
  /** Responses that the policy approved: to be carried out now. */
  readonly approved: readonly string[];
};

/** What nothing triggers and must be noticed all the same: silent collectors, and mutes past their end or reason. */
export async function watchOrganization(product: Product, orgId: string): Promise<void> {
  const { db } = product;
  const { heardAt } = await detectSilences(db, { orgId, now: new Date() });
  await closeEnded(db, { orgId, heardAt, now: new Date() });
  await liftPastMutes(db, { orgId, now: new Date() });
  await routeFindings(db, { orgId, now: new Date(), configured: configuredChannels(product.env) });
}

/** A gap is asked for again by a scheduled pass after this long, and by a person's at once. */
const GAP_RETRY_MS = { scheduled: HOUR_MS, asked: 0 } as const;

export type PassOptions = {
  readonly ask: CollectAsk;
  /** Whether the directory is read first. */
  readonly snapshot: boolean;
  /** Whether a person waits for it; default `asked`. */
  readonly occasion?: Occasion;
  readonly signal?: AbortSignal;
  readonly onCollect?: (progress: CollectProgress) => void;
  readonly onSnapshot?: (progress: SnapshotProgress) => void;
};

export type PassResult = {
  readonly orgId: string;
  readonly orgName: string;
  readonly snapshot: SnapshotResult | null;
  readonly collected: Collected;
  /** Stretches that had not been answered before and were asked for again. */
  readonly healed: readonly Collected[];
  readonly links: Linked;
  readonly judged: Judged;
};

/** Reads the directory as it is now, and gives its divisions the tags that the policy in force names. */
export async function snapshotDirectory(
  product: Product,
  connection: Connection,
  options: Pick<PassOptions, 'signal' | 'onSnapshot'> = {},
): Promise<SnapshotResult> {
  const { orgId } = connection;
  const result = await takeSnapshot(product.db, {
    orgId,
    reader: genesysReader(connection.genesys, options.signal),
    now: () => new Date(),
    ...(options.onSnapshot ? { onProgress: options.onSnapshot } : {}),
  });
  const { divisions } = connection.policy;
  if (divisions !== undefined)
    await applyDivisions(product, { orgId, divisions, actor: SYSTEM_ACTOR, now: new Date() });
  return result;
}

function collect(product: Product, connection: Connection, pass: PassOptions): Promise<Collected> {
  return collectAudits(
    { db: product.db, vault: product.vault, source: genesysAudits(connection.genesys) },
    {
      ...pass.ask,
      orgId: connection.orgId,
      ...signalOf(pass),
      ...(pass.onCollect ? { onProgress: pass.onCollect } : {}),
    },
  );
}

/** Asks once more for hours that were asked for and not answered. Stops at the first that is refused again. */
async function healGaps(
  product: Product,
  connection: Connection,
  pass: PassOptions & { readonly collected: Collected },
): Promise<readonly Collected[]> {
  const healed: Collected[] = [];
  if (!isWell(pass.collected)) return healed;
  const now = new Date();
  const triedBefore = addMs(now, -GAP_RETRY_MS[pass.occasion ?? 'asked']);
  for (const gap of await findGaps(product.db.sql, { orgId: connection.orgId, now, triedBefore })) {
    if (pass.signal?.aborted) break;
    const again = await collect(product, connection, { ...pass, ask: { kind: 'resweep', ...gap } });
    healed.push(again);
    if (!isWell(again)) break;
  }
  return healed;
}

function isWell({ state }: Collected): boolean {
  return state === 'done' || state === 'nothing_to_do';
}

function learntAnything(snapshot: SnapshotResult | null): boolean {
  return snapshot?.runs.some((run) => run.added + run.changed + run.removed > 0) ?? false;
}

/** Asks the platform for ids that no snapshot knows, then enriches what still waits for names, clients or grants. */
async function nameWhatIsUnresolved(
  product: Product,
  connection: Connection,
  pass: PassOptions & { readonly learnt: boolean },
): Promise<void> {
  const now = () => new Date();
  await wantUnresolvedNames(product.db, { orgId: connection.orgId, now: now() });
  const looked = await lookUpNames(product.db, {
    orgId: connection.orgId,
    ask: genesysAsk(connection.genesys, pass.signal),
    now,
  });
  if (looked.found === 0 && !pass.learnt) return;
  const until = now();
  await enrichChanges(product.db, {
    orgId: connection.orgId,
    from: addMs(until, -RETENTION_MS),
    to: until,
    now: until,
  });
}

function signalOf({ signal }: { readonly signal?: AbortSignal }): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
