import { listOrganizations } from '@/lib/auth/store/org-rows';
import { loadControlSettings } from '@/lib/controls/load-settings';
import { type Due, openDue } from '@/lib/controls/model/schedule';
import { genesysEndpoints, noEndpoints } from '@/lib/controls/read-endpoint';
import {
  type ControlsRun,
  preflightControls,
  type RunOccasion,
  runControls,
} from '@/lib/controls/run-controls';
import { finishedRuns, listRuns } from '@/lib/controls/store/read-runs';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import packageJson from '@/package.json';
import type { Connection } from './wiring/connections';
import type { Product } from './wiring/product';

/** The longest time between two formal runs, and a little more. */
const LOOKED_BACK_DAYS = 100;

type Options = { readonly signal?: AbortSignal };
/** Where the controls of an organisation look; null: no connection leads there now, and why. */
export type ControlTarget = {
  readonly orgId: string;
  readonly connection: Connection | null;
  readonly because?: string;
};

/**
 * Runs every control of one organisation. What the platform is asked, it is asked now; what later rooms know is handed in here.
 * Without a connection the run happens all the same: what it needs from the platform is not evaluated, with the reason.
 */
export function runControlsOf(
  product: Product,
  target: ControlTarget,
  occasion: RunOccasion,
  options: Options = {},
): Promise<ControlsRun | null> {
  return runControls(product.db, {
    orgId: target.orgId,
    occasion,
    ...sourcesOf(target, options),
    vault: product.vault,
    productVersion: packageJson.version,
    clock: () => new Date(),
  });
}

/** Which controls could not be evaluated now, and for want of what. Keeps nothing. */
export function preflightOf(
  product: Product,
  target: ControlTarget,
  options: Options = {},
): ReturnType<typeof preflightControls> {
  return preflightControls(product.db, {
    orgId: target.orgId,
    ...sourcesOf(target, options),
    vault: product.vault,
    clock: () => new Date(),
  });
}

/** The run of an organisation that is due and that nobody finished; null where there is none. */
export async function dueRun(
  product: Pick<Product, 'db'>,
  of: { readonly orgId: string; readonly connectedAt: Date; readonly now: Date },
): Promise<Due | null> {
  const { sql } = product.db;
  const { schedule } = await loadControlSettings(sql, of.orgId, of.now);
  const runs = await finishedRuns(sql, of.orgId, addMs(of.now, -LOOKED_BACK_DAYS * DAY_MS));
  // An organisation just connected does not wait for the night to learn how it stands.
  const [ever] = await listRuns(sql, { orgIds: [of.orgId], before: null, limit: 1 });
  if (ever === undefined) return { dueAt: of.connectedAt, cadence: 'formal' };
  return openDue(schedule, { since: of.connectedAt, now: of.now, runs });
}

/** Every organisation with the way to it, reached or not. Paused ones are left out. */
export async function controlTargets(
  product: Product,
  options: Options = {},
): Promise<readonly (ControlTarget & { readonly connectedAt: Date })[]> {
  const { connections, failures } = await product.connections.reach(options.signal);
  const because = failures[0]?.because ?? 'no source leads to the organisation';
  const organizations = await listOrganizations(product.db.sql);
  return organizations
    .filter((one) => one.state === 'active')
    .map(({ id, connectedAt }) => ({
      orgId: id,
      connectedAt,
      connection: connections.find((one) => one.orgId === id) ?? null,
      because,
    }));
}

function sourcesOf(
  { connection, because }: ControlTarget,
  { signal }: Options,
): Pick<Parameters<typeof runControls>[1], 'endpoints' | 'supplied'> {
  return {
    endpoints:
      connection === null
        ? noEndpoints(because ?? 'the platform is not reachable')
        : genesysEndpoints(connection.genesys, signal),
    // No room hands in a reconciliation yet: controls that rest on it say so and are not evaluated.
    supplied: {},
  };
}
