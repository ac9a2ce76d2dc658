import { GenesysError } from '@/lib/genesys/model/errors';
import { markBypasses } from '@/lib/linking/mark-bypasses';
import { genesysFlowVersions, noteFlowVersions } from '@/lib/linking/note-flow-versions';
import { readDeclaredObjects } from '@/lib/linking/read-declared-objects';
import { log } from '@/lib/log/log';
import { genesysRelated, noteRelatedActs } from '@/lib/sessions/note-related';
import type { Connection } from './connections';
import type { Product } from './product';

type Stoppable = { readonly signal?: AbortSignal };

/**
 * Asks the platform which records belong to acts that are known to cascade and name neither transaction nor correlation. It
 * serves only some services and the last fourteen days; what it refuses leaves those records by themselves.
 */
export async function askWhatBelongsTogether(
  { db }: Product,
  { orgId, genesys }: Connection,
  options: Stoppable,
): Promise<void> {
  try {
    await noteRelatedActs(db, {
      orgId,
      ask: genesysRelated(genesys, options.signal),
      now: new Date(),
      ...signalOf(options),
    });
  } catch (thrown) {
    if (!(thrown instanceof GenesysError)) throw thrown;
    log.warn({ orgId, code: thrown.code, reason: thrown.message }, 'related records could not be asked for');
  }
}

/** Asks the platform which versions of flows the collected publications made. */
export async function readFlowVersions(
  { db }: Product,
  { orgId, genesys }: Connection,
  options: Stoppable,
): Promise<void> {
  await noteFlowVersions(db, {
    orgId,
    ask: genesysFlowVersions(genesys, options.signal),
    now: new Date(),
    ...signalOf(options),
  });
}

/** Reads what repositories declare now, and says again of older changes whether they went past the pipeline. */
export async function readRepositories(
  { db }: Product,
  { orgId, links }: Connection,
  options: Stoppable & { readonly clients: ReadonlySet<string> },
): Promise<void> {
  const signal = signalOf(options);
  const { hours } = await readDeclaredObjects(db, { orgId, git: links.git, now: new Date(), ...signal });
  await markBypasses(db, { orgId, pipelineClients: options.clients, hours, ...signal });
}

function signalOf({ signal }: Stoppable): Stoppable {
  return signal === undefined ? {} : { signal };
}
