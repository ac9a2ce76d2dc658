import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import { requestError } from '@/lib/kernel/errors';
import { type By, held } from './decide-exception';
import { noteHappenings } from './note-happenings';
import { selectPeople } from './store/exceptions';
import { tellOne } from './tell-people';

/**
 * Appends a comment and tells whom it mentions. Requires a transaction. Throws `not_found`; `bad_request` for a mention of nobody who
 * may see the exception.
 */
export async function commentException(
  sql: Sql,
  asked: {
    readonly orgIds: readonly string[];
    readonly id: string;
    readonly text: string;
    readonly mentions: readonly string[];
  },
  by: By,
): Promise<void> {
  const exception = await held(sql, asked);
  const known = new Map((await selectPeople(sql, [exception.orgId])).map(({ id, name }) => [id, name]));
  const mentions = [...new Set(asked.mentions)].map((id) => {
    const name = known.get(id);
    if (name === undefined)
      throw requestError('bad_request', 'cannot comment: somebody mentioned is not active here');
    return { id, name };
  });
  const [after] = await noteHappenings(
    sql,
    [{ exception, happenings: [{ happening: { kind: 'commented', text: asked.text, mentions } }] }],
    by,
  );
  await appendJournal(sql, {
    actor: by.actor,
    action: 'exception.commented',
    objectType: 'exception',
    objectId: exception.id,
    orgId: exception.orgId,
    detail: { mentions: mentions.map(({ id }) => id) },
    at: by.now,
  });
  await tellOne(
    sql,
    {
      exception,
      key: `mention/${exception.id}/${after?.lastSeq ?? 0}`,
      title: `${by.actor.name} mentioned you: ${exception.sentence}`,
      userIds: mentions.map(({ id }) => id).filter((id) => id !== by.actor.id),
    },
    by.now,
  );
}
