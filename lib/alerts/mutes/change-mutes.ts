import type { Sql } from '@/lib/db/sql';
import { ruleById } from '@/lib/detections/catalogue';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { addMs, DAY_MS, toIso } from '@/lib/kernel/instant';
import type { Mute } from '../model/routing/mute';
import { findMute, insertMute, writeLifted } from '../store/alert/mute-rows';

type By = { readonly actor: JournalActor; readonly now: Date };

/** A mute that nobody looks at again for so long would be a hole. */
const LONGEST_DAYS = 90;

export type NewMute = {
  readonly orgId: string;
  readonly rule: string;
  readonly subjectId: string | null;
  readonly actorId: string | null;
  readonly reason: string;
  readonly until: Date;
};

/** Mutes a rule, from now until its end. Throws `bad_request` for a rule that cannot be muted and for an end that is none. */
export async function addMute(sql: Sql, input: NewMute, by: By): Promise<Mute> {
  const rule = ruleById(input.rule);
  if (rule === null)
    throw requestError('bad_request', `cannot mute ${input.rule}: there is no such detection`);
  if (rule.unmutable)
    throw requestError('bad_request', `cannot mute “${rule.title}”: it tells of what nobody may miss`);
  if (input.until <= by.now) throw requestError('bad_request', 'cannot mute until an instant that is past');
  if (input.until > addMs(by.now, LONGEST_DAYS * DAY_MS))
    throw requestError('bad_request', `cannot mute for longer than ${LONGEST_DAYS} days`, {
      hint: 'Change the routing rule if nobody wants to be told at all.',
    });
  const mute: Mute = {
    ...input,
    id: newId('mute', by.now),
    since: by.now,
    by: by.actor.name,
    liftedAt: null,
    liftedBy: null,
    liftedBecause: null,
  };
  await insertMute(sql, mute);
  await appendJournal(sql, {
    actor: by.actor,
    action: 'mute.added',
    objectType: 'mute',
    objectId: mute.id,
    orgId: mute.orgId,
    detail: { ...input, until: toIso(input.until) },
    at: by.now,
  });
  return mute;
}

/** Lifts a mute before its end. Throws `not_found` where there is none to lift among the organisations given. */
export async function liftMute(
  sql: Sql,
  which: { readonly id: string; readonly orgIds: readonly string[] },
  by: By,
): Promise<void> {
  const mute = await findMute(sql, which.id);
  if (mute === null || !which.orgIds.includes(mute.orgId))
    throw requestError('not_found', 'cannot lift the mute: there is none with this id');
  if (mute.liftedAt !== null || mute.until <= by.now)
    throw requestError('conflict', 'cannot lift the mute: it holds nothing back any more');
  await writeLifted(sql, { id: mute.id, at: by.now, by: by.actor.name, because: 'Lifted before its end.' });
  await appendJournal(sql, {
    actor: by.actor,
    action: 'mute.lifted',
    objectType: 'mute',
    objectId: mute.id,
    orgId: mute.orgId,
    detail: { rule: mute.rule, reason: mute.reason, until: toIso(mute.until) },
    at: by.now,
  });
}
