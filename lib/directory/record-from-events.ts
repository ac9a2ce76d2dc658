import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { foldEvents, type TaughtFact } from './model/fold-events';
import { storableText } from './model/item/strip-item';
import { loadKnownBefore } from './store/taught-versions';
import { insertVersions } from './store/version-rows';
import { lockKind } from './store/write-lock';

/**
 * Keeps what audit records taught between two snapshots (creations, renames, deletions) and returns how many versions began.
 *
 * So an entity that was created and deleted between two snapshots has the name of its own create record, or none. Facts in
 * any order, late ones too; a record already known teaches nothing again. Requires a transaction: the locks on the kinds
 * touched are held to its end.
 */
export async function recordFromEvents(
  sql: Sql,
  input: { readonly orgId: string; readonly facts: readonly TaughtFact[]; readonly now: Date },
): Promise<number> {
  const { orgId, now } = input;
  const facts = input.facts.filter((fact) => fact.entityId !== '' && !/\s/.test(fact.entityId)).map(storable);
  if (facts.length === 0) return 0;
  for (const kind of [...new Set(facts.map((fact) => fact.kind))].sort()) await lockKind(sql, orgId, kind);
  const taught = foldEvents(facts, await loadKnownBefore(sql, orgId, facts));
  const versions = taught.map((version) => ({ ...version, content: canonicalJson(version.content) }));
  return insertVersions(sql, { orgId, versions, receivedAt: now });
}

function storable(fact: TaughtFact): TaughtFact {
  return fact.name === null || fact.name === ''
    ? { ...fact, name: null }
    : { ...fact, name: storableText(fact.name) };
}
