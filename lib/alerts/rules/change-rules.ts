import type { Sql } from '@/lib/db/sql';
import { ruleById } from '@/lib/detections/catalogue';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { fixedChannel } from '../channels/fixed-channels';
import type { AlertRule } from '../contract/rules';
import { BUILT_IN_RULES, isBuiltIn } from '../model/routing/built-in-rules';
import { neverEnds } from '../model/routing/quiet-hours';
import { insertVersion, lockRule } from '../store/alert/rule-rows';
import { channelNames } from '../store/channel-rows';

type By = { readonly actor: JournalActor; readonly now: Date };

/** Adds a routing rule, in force from now on, and returns its id. Throws `bad_request` for what could never send. */
export async function addRule(sql: Sql, rule: AlertRule, by: By): Promise<string> {
  await demandSound(sql, rule);
  const ruleId = newId('alertRule', by.now);
  await insertVersion(sql, {
    ruleId,
    version: 1,
    validFrom: by.now,
    removed: false,
    rule,
    changedBy: by.actor.name,
  });
  await record(sql, { action: 'alert_rule.added', ruleId, detail: { to: rule } }, by);
  return ruleId;
}

/** Changes a rule from now on; what was sent stays as it was routed. Throws `not_found`. */
export async function changeRule(
  sql: Sql,
  change: { readonly id: string; readonly rule: AlertRule },
  by: By,
): Promise<void> {
  await demandSound(sql, change.rule);
  const before = await existing(sql, change.id);
  await insertVersion(sql, {
    ruleId: change.id,
    version: before.version + 1,
    validFrom: by.now,
    removed: false,
    rule: change.rule,
    changedBy: by.actor.name,
  });
  const detail = { from: before.rule, to: change.rule };
  await record(sql, { action: 'alert_rule.changed', ruleId: change.id, detail }, by);
}

/** Removes a rule from now on. Throws `not_found`, and `conflict` for one that comes with the product. */
export async function removeRule(sql: Sql, id: string, by: By): Promise<void> {
  if (isBuiltIn(id)) {
    throw requestError('conflict', 'cannot remove the rule: it comes with the product', {
      hint: 'Switch it off instead.',
    });
  }
  const before = await existing(sql, id);
  await insertVersion(sql, {
    ruleId: id,
    version: before.version + 1,
    validFrom: by.now,
    removed: true,
    rule: before.rule,
    changedBy: by.actor.name,
  });
  await record(sql, { action: 'alert_rule.removed', ruleId: id, detail: { from: before.rule } }, by);
}

async function existing(sql: Sql, id: string): Promise<{ version: number; rule: AlertRule }> {
  const stored = await lockRule(sql, id);
  if (stored !== null && !stored.removed) return stored;
  const own = BUILT_IN_RULES.find((rule) => rule.id === id);
  if (own !== undefined) return { version: stored?.version ?? 0, rule: own.rule };
  throw requestError('not_found', 'cannot find the rule: there is none with this id');
}

/** Throws `bad_request` where a rule names what there is not, or would never send anything. */
async function demandSound(sql: Sql, rule: AlertRule): Promise<void> {
  const unknown = rule.what.rules.filter((id) => ruleById(id) === null);
  if (unknown.length > 0)
    throw requestError('bad_request', `cannot use the rule: there is no detection ${unknown.join(', ')}`);
  if (rule.quietHours !== null && neverEnds(rule.quietHours))
    throw requestError('bad_request', 'cannot use the rule: its quiet hours never end', {
      hint: 'Switch the rule off instead.',
    });
  const channels = [...rule.channels, ...(rule.escalation?.channels ?? [])];
  const stored = await channelNames(sql, channels);
  const missing = channels.filter((id) => fixedChannel(id) === null && !stored.has(id));
  if (missing.length > 0)
    throw requestError('bad_request', `cannot use the rule: there is no channel ${missing.join(', ')}`);
}

async function record(
  sql: Sql,
  act: { action: string; ruleId: string; detail: Record<string, unknown> },
  by: By,
): Promise<void> {
  await appendJournal(sql, {
    actor: by.actor,
    action: act.action,
    objectType: 'alert_rule',
    objectId: act.ruleId,
    detail: act.detail,
    at: by.now,
  });
}
