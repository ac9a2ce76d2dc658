import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { windowError } from '../model/window/errors';
import type { WindowDefinition, WindowVersion } from '../model/window/window';
import { definitionText, insertVersion, loadHistory, lockCalendar } from '../store/window-versions';
import { checkedDefinition } from './check-definition';

export type By = { readonly actor: JournalActor; readonly now: Date };

/** Types in a window or freeze: it holds from now on, for changes made from now on. Journaled. Within a transaction. */
export async function addWindow(
  sql: Sql,
  given: { readonly orgId: string; readonly definition: WindowDefinition; readonly reason: string },
  by: By,
): Promise<WindowVersion> {
  const { orgId, definition, reason } = given;
  await lockCalendar(sql, orgId);
  const version = await insertVersion(sql, {
    ...typed(definition, reason, by),
    orgId,
    windowId: newId('changeWindow', by.now),
    withdrawn: false,
  });
  await journaled(sql, 'change_window.added', version, by);
  return version;
}

/**
 * Gives a window another definition from now on; what was judged by the one before stays judged by it. The same definition again writes
 * nothing but the journal. Throws `not_found`, `window_read_only`, `window_withdrawn`.
 */
export async function changeWindow(
  sql: Sql,
  given: {
    readonly windowId: string;
    readonly orgIds: readonly string[];
    readonly definition: WindowDefinition;
    readonly reason: string;
  },
  by: By,
): Promise<WindowVersion> {
  const last = await lastTyped(sql, given);
  const next = typed(given.definition, given.reason, by);
  const same = definitionText(last) === definitionText(next);
  const { orgId, windowId } = last;
  const version = same ? last : await insertVersion(sql, { ...next, orgId, windowId, withdrawn: false });
  await journaled(sql, same ? 'change_window.kept' : 'change_window.changed', version, by);
  return version;
}

/** Takes a window back from now on, with the reason. Changes made before keep it. Throws as `changeWindow`. */
export async function withdrawWindow(
  sql: Sql,
  given: { readonly windowId: string; readonly orgIds: readonly string[]; readonly reason: string },
  by: By,
): Promise<WindowVersion> {
  const last = await lastTyped(sql, given);
  const version = await insertVersion(sql, { ...last, ...typed(last, given.reason, by), withdrawn: true });
  await journaled(sql, 'change_window.withdrawn', version, by);
  return version;
}

async function lastTyped(
  sql: Sql,
  { windowId, orgIds }: { readonly windowId: string; readonly orgIds: readonly string[] },
): Promise<WindowVersion> {
  const orgId = (await loadHistory(sql, windowId)).at(-1)?.orgId;
  if (orgId === undefined || !orgIds.includes(orgId))
    throw requestError('not_found', 'cannot change this window: there is none by this id that you may see');
  await lockCalendar(sql, orgId);
  const last = (await loadHistory(sql, windowId)).at(-1);
  if (last === undefined)
    throw requestError('not_found', 'cannot change this window: there is none by this id');
  if (last.source !== 'typed') {
    throw windowError('window_read_only', 'cannot change this window: it is said elsewhere', {
      hint: last.source === 'policy' ? 'Change it in the policy.' : 'Change it in ServiceNow.',
    });
  }
  if (last.withdrawn) throw windowError('window_withdrawn', 'cannot change this window: it was withdrawn');
  return last;
}

function typed(definition: WindowDefinition, reason: string, by: By) {
  const { kind, name, zone, times, scope, approver, ticket } = definition;
  return {
    ...checkedDefinition({ kind, name, zone, times, scope, approver, ticket }),
    source: 'typed' as const,
    sourceKey: null,
    url: null,
    effectiveFrom: by.now,
    decidedAt: by.now,
    decidedBy: by.actor.name,
    reason,
  };
}

async function journaled(sql: Sql, action: string, version: WindowVersion, by: By): Promise<void> {
  const { windowId, versionId, orgId, kind, name, reason } = version;
  await appendJournal(sql, {
    actor: by.actor,
    action,
    objectType: 'change_window',
    objectId: windowId,
    orgId,
    detail: { kind, name, version: versionId, reason },
    at: by.now,
  });
}
