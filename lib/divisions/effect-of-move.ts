import type { Sql } from '@/lib/db/sql';
import { permissionsOfRole } from '@/lib/directory/model/policy/privileged-roles';
import { countHoldersApart } from '@/lib/directory/store/as-of';
import { loadRoles } from '@/lib/directory/store/policies';
import { loadRunsAt } from '@/lib/directory/store/snapshot-runs';
import { contentOf } from '@/lib/directory/store/version-rows';
import { toIso } from '@/lib/kernel/instant';
import type { MoveDetailDto } from './contract';
import { accessEffect } from './model/effect';
import type { RecordedMove } from './model/recorded-move';

export type MoveEffect = MoveDetailDto['effect'];

/** Who gains and who loses access by a move, from the grants and roles of that moment; not evaluated where they had not been read. */
export async function effectOfMove(sql: Sql, move: RecordedMove): Promise<MoveEffect> {
  const { orgId, from, to, at } = move;
  if (from.id === null || to.id === null)
    return notEvaluated('the record tells only one of the two divisions');
  const runs = await loadRunsAt(sql, orgId, at);
  for (const kind of ['grant', 'role'] as const) {
    const run = runs.find((one) => one.kind === kind);
    if (run === undefined) return notEvaluated(`no ${kind}s had been read by then`);
    if (run.outcome !== 'complete')
      return notEvaluated(
        `the ${kind}s were not read completely at ${toIso(run.takenAt)}: ${run.because ?? run.outcome}`,
      );
  }
  const holders = await countHoldersApart(sql, { orgId, divisionIds: [from.id, to.id], at });
  const roles = new Map((await loadRoles(sql, orgId, at)).map((role) => [role.id, role]));
  const effect = (side: RecordedMove['to'], does: 'opens' | 'closes') =>
    accessEffect(
      holders
        .filter((one) => one.divisionId === side.id)
        .map(({ roleId, subjects }) => {
          const role = roles.get(roleId);
          return {
            roleId,
            roleName: role?.name ?? null,
            subjects,
            permissions: role === undefined ? [] : permissionsOfRole(contentOf(role.body).item),
          };
        }),
      {
        does,
        division: side.name ?? `division ${side.id}`,
        target: move.target.name ?? `${move.target.type} ${move.target.id}`,
        selfMove: move.selfMove,
      },
    );
  return { opens: effect(to, 'opens'), closes: effect(from, 'closes'), notEvaluated: null };
}

function notEvaluated(because: string): MoveEffect {
  return { opens: null, closes: null, notEvaluated: because };
}
