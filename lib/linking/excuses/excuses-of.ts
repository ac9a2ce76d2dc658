import type { Sql } from '@/lib/db/sql';
import { excuseOf } from '../model/excuses/excuse-rule';
import { excusablesById, readExcuseRules } from '../store/manual/excuse-rows';

/** The rule that excuses each of the changes that one does, by the change's id. */
export async function excusesOf(
  sql: Sql,
  orgId: string,
  changes: readonly { readonly id: string; readonly eventDate: Date }[],
): Promise<ReadonlyMap<string, string>> {
  const rules = (await readExcuseRules(sql, [orgId])).filter((rule) => rule.period !== null);
  if (rules.length === 0) return new Map();
  const found = new Map<string, string>();
  for (const change of await excusablesById(sql, orgId, changes)) {
    const rule = excuseOf(change, rules);
    if (rule !== null) found.set(change.id, rule.id);
  }
  return found;
}
