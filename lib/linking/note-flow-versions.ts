import type { Database } from '@/lib/db/connection';
import type { GenesysClient } from '@/lib/genesys/connect';
import { type FlowVersion, readFlowVersions } from '@/lib/genesys/directory/read-flow-versions';
import { GenesysError } from '@/lib/genesys/model/errors';
import { addMs, DAY_MS, HOUR_MS } from '@/lib/kernel/instant';
import { flowsToAsk, keepFlowVersions } from './store/loop/flow-versions';

/** Versions of a flow stay listed; publications older than this are not asked for. */
const REACH_MS = 120 * DAY_MS;
/** What could not be read is asked for again after this long. */
const RETRY_MS = HOUR_MS;
/** Flows asked about in one pass: each is a request or more of its own. */
const ASKED_AT_ONCE = 100;

/** The versions of one flow. */
export type AskFlowVersions = (flowId: string) => Promise<readonly FlowVersion[]>;

/** The platform's list of versions. */
export function genesysFlowVersions(client: GenesysClient, signal?: AbortSignal): AskFlowVersions {
  return (flowId) => readFlowVersions(client, flowId, signal === undefined ? {} : { signal });
}

/**
 * Keeps the versions of flows that were published since they were last asked for. A flow that cannot be read, because it is gone or may
 * not be seen, is noted with why. Returns how many flows were asked about.
 */
export async function noteFlowVersions(
  db: Database,
  of: {
    readonly orgId: string;
    readonly ask: AskFlowVersions;
    readonly now: Date;
    readonly signal?: AbortSignal;
  },
): Promise<number> {
  const { orgId, now } = of;
  const flows = await flowsToAsk(db.sql, {
    orgId,
    since: addMs(now, -REACH_MS),
    askedBefore: addMs(now, -RETRY_MS),
    limit: ASKED_AT_ONCE,
  });
  let done = 0;
  for (const flowId of flows) {
    if (of.signal?.aborted) break;
    const read = await versionsOf(flowId, of.ask);
    await db.transaction((sql) =>
      keepFlowVersions(sql, {
        orgId,
        flowId,
        at: now,
        because: read.because,
        versions: read.versions.map((version) => ({ flowId, ...version })),
      }),
    );
    done += 1;
    if (read.stop) break;
  }
  return done;
}

async function versionsOf(
  flowId: string,
  ask: AskFlowVersions,
): Promise<{ versions: readonly FlowVersion[]; because: string | null; stop: boolean }> {
  try {
    return { versions: await ask(flowId), because: null, stop: false };
  } catch (thrown) {
    if (!(thrown instanceof GenesysError)) throw thrown;
    return { versions: [], because: thrown.message, stop: thrown.code !== 'not_found' };
  }
}
