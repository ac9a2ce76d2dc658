import { judgeChanges, type LinkDependencies } from '../link-changes';
import { excuseOf } from '../model/excuses/excuse-rule';
import { readChangesById } from '../store/changes-to-link';
import { clearExcuseHour, excusablesIn, nextExcuseHour, readExcuseRules } from '../store/manual/excuse-rows';

const BATCH = 500;
const BY_RULE = { cause: 'policy_changed', ticket: null } as const;

export type ExcuseRun = {
  readonly hours: number;
  /** Changes that came to be excused, or no longer are, or by another rule. */
  readonly judged: number;
};

/**
 * Holds the hours that are due against the rules of the organisation and judges those changes again whose excuse is another one
 * now. Hour by hour, so that a killed run goes on where it was; safe to repeat and to overlap.
 */
export async function excuseChanges(
  orgId: string,
  dependencies: LinkDependencies,
  options: { readonly signal?: AbortSignal } = {},
): Promise<ExcuseRun> {
  const { sql } = dependencies.db;
  let hours = 0;
  let judged = 0;
  for (;;) {
    if (options.signal?.aborted) break;
    const due = await nextExcuseHour(sql, orgId);
    if (due === null) break;
    const rules = (await readExcuseRules(sql, [orgId])).filter((rule) => rule.period !== null);
    let after = '';
    for (;;) {
      const changes = await excusablesIn(sql, { orgId, hour: due.hour, after, limit: BATCH });
      const last = changes.at(-1);
      if (last === undefined) break;
      after = last.id;
      const other = changes.filter(
        (change) => (excuseOf(change, rules)?.id ?? null) !== (change.ruleId ?? null),
      );
      if (other.length === 0) continue;
      const rows = await readChangesById(
        sql,
        orgId,
        other.map((change) => change.id),
      );
      judged += (await judgeChanges(orgId, dependencies, BY_RULE, rows)).judged;
    }
    await clearExcuseHour(sql, orgId, due);
    hours += 1;
  }
  return { hours, judged };
}
