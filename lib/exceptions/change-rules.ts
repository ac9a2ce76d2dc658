import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { toIso } from '@/lib/kernel/instant';
import type { RulesChange } from './contract';
import { rulesInForce } from './rules-in-force';
import { selectPeople } from './store/exceptions';
import { appendRules } from './store/rules';

/**
 * Sets the rules of one kind from an instant on, as a whole list, and journals old and new. What was opened before keeps its owner
 * and its SLA. Throws `not_found` for another's organisation; `bad_request` for an instant in the past, ids given twice, or an owner who
 * may not be one.
 */
export async function changeRules(
  sql: Sql,
  asked: { readonly orgIds: readonly string[]; readonly change: RulesChange },
  by: { readonly actor: JournalActor; readonly now: Date },
): Promise<{ readonly id: string; readonly validFrom: string }> {
  const { change } = asked;
  const orgId = change.orgId.toLowerCase();
  if (!asked.orgIds.includes(orgId))
    throw requestError('not_found', 'cannot set the rules: there is no such organisation');
  const validFrom = change.validFrom === undefined ? by.now : new Date(change.validFrom);
  if (validFrom < by.now)
    throw requestError('bad_request', 'cannot set the rules: they would hold from an instant in the past', {
      hint: 'What was opened then was opened by the rules of then. Leave the instant out for now.',
    });
  if (change.kind !== 'sla') {
    const ids = change.rules.map((rule) => rule.id);
    if (new Set(ids).size < ids.length)
      throw requestError('bad_request', 'cannot set the rules: two have one id');
  }
  if (change.kind === 'assignment') {
    const people = new Set((await selectPeople(sql, [orgId])).map((person) => person.id));
    const unknown = change.rules.find((rule) => !people.has(rule.ownerId));
    if (unknown !== undefined)
      throw requestError(
        'bad_request',
        `cannot set the rules: “${unknown.says}” names an owner who is not active here`,
      );
  }
  const before = (await rulesInForce(sql, orgId, validFrom))[change.kind];
  const { reason } = change;
  const setBy = { id: by.actor.id, name: by.actor.name };
  const id = await appendRules(
    sql,
    { orgId, kind: change.kind, validFrom, rules: change.rules, reason, setBy },
    by.now,
  );
  await appendJournal(sql, {
    actor: by.actor,
    action: 'exception_rules.changed',
    objectType: 'exception_rules',
    objectId: id,
    orgId,
    detail: { kind: change.kind, validFrom: toIso(validFrom), reason, from: before, to: change.rules },
    at: by.now,
  });
  return { id, validFrom: toIso(validFrom) };
}
