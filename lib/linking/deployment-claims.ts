import type { Sql } from '@/lib/db/sql';
import type { Claim } from './model/claim';
import type { PlanningPolicy } from './model/decide-planning';
import { deploymentsOf, reachesAround } from './model/loop/deployment';
import { judgeDeployment } from './model/loop/judge-deployment';
import type { ChangeToLink } from './store/changes-to-link';
import { actsOf } from './store/commits/change-commits';
import { keptCommits } from './store/commits/commits';
import { placeKey } from './store/commits/merges';

/** The client of a pipeline that made the change as itself; null for anybody else. */
export function pipelineOf(
  change: Pick<ChangeToLink, 'actorId' | 'clientId' | 'actorKind'>,
  policy: Pick<PlanningPolicy, 'pipelineClients'>,
): string | null {
  if (change.actorKind !== 'automation') return null;
  return (
    [change.actorId, change.clientId].find((id) => id !== null && policy.pipelineClients.has(id)) ?? null
  );
}

/**
 * What the deployments of pipeline clients say about changes that name no commit themselves: another change of the same
 * deployment does, and that commit touches this object, too. By change.
 */
export async function deploymentClaims(
  sql: Sql,
  asked: { orgId: string; changes: readonly ChangeToLink[]; policy: PlanningPolicy },
): Promise<Map<string, Claim[]>> {
  const { orgId, policy } = asked;
  const mine = asked.changes.flatMap((change) => {
    const pipeline = pipelineOf(change, policy);
    // Acts are found by actor: a record without one stands alone.
    return pipeline === null || change.actorId === null
      ? []
      : [{ change, changeId: change.id, at: change.eventDate, actorId: change.actorId }];
  });
  if (mine.length === 0) return new Map();
  const acts = await actsOf(sql, {
    orgId,
    actorIds: [...new Set(mine.map((one) => one.actorId))],
    ranges: reachesAround(mine.map((one) => one.at)),
  });
  const deployments = deploymentsOf(mine, acts);
  const commits = await keptCommits(
    sql,
    orgId,
    acts.flatMap((act) => (act.commit === null ? [] : [act.commit])),
  );
  return new Map(
    mine.map(({ change, changeId }) => {
      const around = deployments.get(changeId) ?? [];
      const own = new Set(
        around.flatMap((act) =>
          act.changeId === changeId && act.commit !== null ? [placeKey(act.commit)] : [],
        ),
      );
      const seen = new Set(own);
      const claims = around.flatMap((act) => {
        if (act.commit === null || seen.has(placeKey(act.commit))) return [];
        seen.add(placeKey(act.commit));
        const kept = commits.get(placeKey(act.commit));
        if (kept === undefined) return [];
        const target = {
          at: change.eventDate,
          entityId: change.entityId,
          entityType: change.entityType,
          entityNames: change.entityNames,
        };
        const claim = judgeDeployment(kept.commit, target, act);
        return claim === null ? [] : [claim];
      });
      return [changeId, claims];
    }),
  );
}
