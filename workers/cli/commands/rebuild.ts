import { policyAt } from '@/lib/auth/settings/apply-policy';
import { enrichChanges } from '@/lib/changes/ingest/enrich-changes';
import { checkRollups, rebuildRollups } from '@/lib/changes/rebuild-rollups';
import { rebuildHeads } from '@/lib/directory/rebuild-heads';
import { rebuildMoves } from '@/lib/divisions/rebuild-moves';
import { RETENTION_MS } from '@/lib/genesys/model/plan-chunks';
import { addMs } from '@/lib/kernel/instant';
import { rebuildCitations } from '@/lib/linking/follow/fill-citations';
import { rebuildSessions } from '@/lib/sessions/rebuild-sessions';
import { withProduct } from '../../wiring/product';
import type { Command } from '../command';
import { operatorOf } from '../operator';

/** Opinions of two retentions back are made again; older changes keep theirs, since nothing about them is learnt any more. */
const REACH_MS = 2 * RETENTION_MS;

export const rebuild: Command = {
  name: 'rebuild',
  usage: 'rebuild',
  summary:
    'Drops what is derived (directory heads, names, risk, counts, sessions, division moves, which change cites which ticket) and makes it again from the facts; says what was different.',
  options: {},
  run: (call) =>
    withProduct(
      'cli',
      async (product) => {
        const { orgIds } = await operatorOf(product);
        const results = [];
        for (const orgId of orgIds) {
          call.progress(`rebuilding ${orgId}`);
          const now = new Date();
          const before = await checkRollups(product.db, orgId);
          const heads = await rebuildHeads(product.db, orgId);
          const changed = await enrichChanges(product.db, {
            orgId,
            from: addMs(now, -REACH_MS),
            to: now,
            now,
            all: true,
          });
          await rebuildRollups(product.db, orgId);
          await rebuildSessions(product.db, { orgId, now });
          const moves = await rebuildMoves(product.db, {
            orgId,
            policy: await policyAt(product.db.sql, { orgId, at: now }),
            now,
          });
          const { read: cited } = await rebuildCitations(orgId, { db: product.db, now: () => new Date() });
          results.push({ orgId, heads, changesDifferent: changed, countsDifferent: before, moves, cited });
        }
        const lines = results.map((one) => {
          const counts = Object.values(one.countsDifferent).reduce((sum, n) => sum + n, 0);
          return `${one.orgId}: ${one.heads} directory entries, ${one.changesDifferent} changes different, ${counts} counts were different.`;
        });
        return { json: results, text: lines.join('\n') };
      },
      call.progress,
    ),
};
