import { can } from '@/lib/auth/can';
import { view } from '@/lib/auth/view';
import type { Viewer } from '@/lib/auth/viewer';
import type { Sql } from '@/lib/db/sql';
import { requestError } from '@/lib/kernel/errors';
import { toIso } from '@/lib/kernel/instant';
import { readClaims } from '@/lib/linking/link-claims';
import type { MoveDetailDto } from '../contract';
import { effectOfMove } from '../effect-of-move';
import { type MayReview, mayReview } from '../may-review';
import type { RecordedMove } from '../model/recorded-move';
import { moveById } from '../store/list-moves';
import { reviewsOf } from '../store/reviews';
import { toMoveDtos } from './list-moves';
import { alertsOfMove } from './move-alerts';
import { sessionOfMove } from './move-session';

/** One division move with what it opens and closes, its reviews, what asked for it, and what was found about it. Throws `not_found`. */
export const viewMove = view(
  {
    permission: 'moves.read',
    journal: (input: { readonly id: string }) => ({ objectType: 'division_move', objectId: input.id }),
  },
  async ({ sql, viewer, now }, { id }: { readonly id: string }): Promise<MoveDetailDto> => {
    const row = await moveById(sql, viewer.orgIds, id);
    const [dto] = row === null ? [] : await toMoveDtos(sql, [row], now);
    if (row === null || dto === undefined)
      throw requestError('not_found', 'cannot show the move: there is none with this id that you may see');
    const { move } = row;
    const { alertAt, deliveredAt, ...found } = await alertsOfMove(sql, move);
    const since = (at: Date | null) => (at === null ? null : at.getTime() - move.at.getTime());
    return {
      ...dto,
      effect: await effectOfMove(sql, move),
      reviews: (await reviewsOf(sql, move.orgId, move.id)).map(({ decidedAt, ...review }) => ({
        ...review,
        at: toIso(decidedAt),
      })),
      mayReview: await reviewableBy(sql, viewer, move),
      links: await linksOf(sql, move),
      ...found,
      session: await sessionOfMove(sql, move),
      delays: {
        toReceived: since(move.receivedAt),
        toAlert: since(alertAt),
        toDelivered: since(deliveredAt),
      },
    };
  },
);

async function reviewableBy(sql: Sql, viewer: Viewer, move: RecordedMove): Promise<MayReview> {
  if (!can(viewer, 'moves.review'))
    return { allowed: false, because: `The role ${viewer.role.replace('_', ' ')} does not review moves.` };
  return mayReview(sql, move, viewer);
}

async function linksOf(sql: Sql, move: RecordedMove): Promise<MoveDetailDto['links']> {
  if (move.changeId === null) return [];
  const claims = (await readClaims(sql, move.orgId, [move.changeId])).get(move.changeId) ?? [];
  return claims.map(({ kind, reference, title, url, status }) => ({ kind, reference, title, url, status }));
}
