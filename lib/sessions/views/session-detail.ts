import { view } from '@/lib/auth/view';
import { requestError } from '@/lib/kernel/errors';
import type { SessionDetailDto } from '../contract';
import { paceStepSeconds } from '../model/pace';
import { ruleSays } from '../model/session-words';
import { formerIdsOf } from '../store/former-ids';
import {
  countChildren,
  countedChildren,
  currentId,
  membersOf,
  partsOf,
} from '../store/read/session-contents';
import { nestedIn, sessionsById } from '../store/read/session-list';
import { partDto, toSessionDtos } from './session-dto';

/** Beyond these a session's own list of changes is the place to look. */
const SHOWN = { surfaced: 100, nested: 200 } as const;

/** One session with everything behind it, also by an id it was known under before. Throws `not_found`. */
export const viewSession = view(
  {
    permission: 'sessions.read',
    journal: (input: { readonly id: string }) => ({ objectType: 'session', objectId: input.id }),
  },
  async ({ sql }, { id }: { readonly id: string }): Promise<SessionDetailDto> => {
    const current = await currentId(sql, id);
    const [row] = current === null ? [] : await sessionsById(sql, [current]);
    if (row === undefined)
      throw requestError(
        'not_found',
        'cannot show the session: there is none with this id that you may see',
        {
          hint: 'What was one may be none any more, such as after a change was excused; its changes are still there.',
        },
      );
    const parts = await partsOf(sql, [row]);
    const [dto] = await toSessionDtos(sql, [row], { parts: parts.length, surfaced: SHOWN.surfaced });
    if (dto === undefined) throw new Error('a session that was read has no form to show');
    const ids = await membersOf(sql, row);
    const seconds = paceStepSeconds(row);
    const steps = await countedChildren(sql, row, { seconds, ids });
    const counts = new Array<number>((steps.at(-1)?.step ?? 0) + 1).fill(0);
    for (const { step, n } of steps) counts[step] = n;
    return {
      ...dto,
      ruleSays: ruleSays(row),
      allParts: parts.map(partDto),
      nestedSessions: await toSessionDtos(sql, await nestedIn(sql, row, SHOWN.nested)),
      formerIds: await formerIdsOf(sql, row.orgId, row.id),
      reconciled: { summed: row.changes, counted: await countChildren(sql, row.orgId, ids) },
      pace: { stepSeconds: seconds, counts },
    };
  },
);
