import { genesysReader } from '@/lib/directory/genesys-reader';
import { newestSnapshotAt } from '@/lib/directory/newest-snapshot-at';
import { takeSnapshot } from '@/lib/directory/take-snapshot';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import type { DirectoryKind } from '@/lib/kernel/words';
import { eachConnection } from '../cli/commands/collect';
import { applyDivisions } from '../wiring/policy';
import type { Product } from '../wiring/product';

export const HISTORY_DAYS = 90;
const EVERY_DAYS = 3;
/** What changes its name; grants and settings are read once, at the beginning of the history and by today's snapshot. */
const NAMED: readonly DirectoryKind[] = [
  'user',
  'division',
  'role',
  'group',
  'queue',
  'skill',
  'flow',
  'oauth_client',
  'trunk',
];

/**
 * Reads the directory as it was through the last 90 days, as an installation that had been running all that time would hold
 * it: names of a past event are never taken from today's directory. The organisation in miniature can be set back in time.
 */
export async function rememberPast(
  product: Product,
  sandbox: { readonly url: string; readonly anchor: string },
  say: (line: string) => void,
): Promise<void> {
  const anchor = new Date(sandbox.anchor);
  try {
    await eachConnection(product, async ({ orgId, genesys, policy }) => {
      if ((await newestSnapshotAt(product.db.sql, orgId)) !== null) return;
      say(`Reading the directory as it was through the last ${HISTORY_DAYS} days …`);
      for (let day = HISTORY_DAYS; day >= 1; day -= EVERY_DAYS) {
        const at = addMs(anchor, -day * DAY_MS);
        await setClock(sandbox.url, at);
        await takeSnapshot(product.db, {
          orgId,
          reader: genesysReader(genesys),
          now: () => at,
          ...(day === HISTORY_DAYS ? {} : { kinds: NAMED }),
        });
        // What a move meant is judged by the tags of its moment: they stand since the history begins.
        if (day === HISTORY_DAYS && policy.divisions !== undefined)
          await applyDivisions(product, {
            orgId,
            divisions: policy.divisions,
            actor: SYSTEM_ACTOR,
            now: at,
          });
      }
    });
  } finally {
    await setClock(sandbox.url, null);
  }
}

async function setClock(url: string, at: Date | null): Promise<void> {
  await fetch(`${url}/__sandbox/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ at: at?.toISOString() ?? null }),
  });
}
