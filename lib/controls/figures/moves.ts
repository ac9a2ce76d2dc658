import { policyAt } from '@/lib/auth/settings/apply-policy';
import type { Sql } from '@/lib/db/sql';
import { whyNotFresh } from '@/lib/directory/fresh-kinds';
import { divisionTagsAt } from '@/lib/directory/policy-at';
import { loadDivisionNames } from '@/lib/directory/store/policies';
import { reviewStateOf } from '@/lib/divisions/model/judge/review';
import { countMoves } from '@/lib/divisions/store/count-moves';
import { type ListedMove, listMoves } from '@/lib/divisions/store/list-moves';
import { whereMoves } from '@/lib/divisions/store/move-filter';
import { addMs, DAY_MS, toIso } from '@/lib/kernel/instant';
import { known, notEvaluated } from '@/lib/kernel/outcome';
import type { Boundaries, Reviews } from '../model/inputs';
import type { Figure } from './figure';
import { whyNotRead } from './logging';

const DAYS = 90;
const PER_PAGE = 500;

/** Divisions with their regions, and the moves of the last 90 days that crossed from one region into another. */
export const boundaries: Figure<Boundaries> = async ({ sql, orgId, now }) => {
  const stale = await whyNotFresh(sql, { orgId, kinds: ['division'], now });
  if (stale !== null) return notEvaluated(stale);
  const { because, from } = await whyNotRead(sql, { orgId, from: addMs(now, -DAYS * DAY_MS), now });
  if (because !== null) return notEvaluated(because);
  const tags = await divisionTagsAt(sql, orgId, now);
  const divisions = (await loadDivisionNames(sql, orgId, now)).filter((one) => one.state === 'present');
  const filter = { org: [orgId], from: toIso(from) };
  const counts = await countMoves(sql, whereMoves(filter, now), now);
  const crossings = await allMoves(sql, whereMoves({ ...filter, boundary: ['cross'] }, now));
  return known({
    from: toIso(from),
    to: toIso(now),
    divisions: divisions.map((one) => ({
      id: one.id,
      name: one.name,
      region: tags.get(one.id)?.region ?? null,
    })),
    crossings: crossings.map(({ move, review }) => ({
      id: move.id,
      at: toIso(move.at),
      target: move.target.name,
      fromName: move.from.name,
      toName: move.to.name,
      review: reviewStateOf({ dueAt: move.reviewDueAt, outcome: review?.outcome ?? null }, now),
    })),
    notEvaluated: counts.boundaryNotEvaluated,
    moves: counts.total,
  });
};

/** What had to be reviewed in the last 90 days, and what is overdue, however old. */
export const reviews: Figure<Reviews> = async ({ sql, orgId, now }) => {
  const { moveReview } = await policyAt(sql, { orgId, at: now });
  if (moveReview === undefined) return notEvaluated('no policy says which moves must be reviewed');
  const { because, from } = await whyNotRead(sql, { orgId, from: addMs(now, -DAYS * DAY_MS), now });
  if (because !== null) return notEvaluated(because);
  const overdue = await allMoves(sql, whereMoves({ org: [orgId], review: ['overdue'] }, now));
  const reviewed = await countMoves(
    sql,
    whereMoves({ org: [orgId], from: toIso(from), review: ['approved', 'rejected'] }, now),
    now,
  );
  const { pending } = await countMoves(sql, whereMoves({ org: [orgId] }, now), now);
  return known({
    reviewed: reviewed.total,
    pending,
    overdue: overdue.map(({ move }) => ({
      id: move.id,
      kind: 'move' as const,
      sentence: `The move of ${move.target.name ?? move.target.id} from ${move.from.name ?? 'an unknown division'} to ${move.to.name ?? 'an unknown division'}`,
      dueAt: toIso(move.reviewDueAt ?? move.at),
    })),
  });
};

async function allMoves(sql: Sql, where: ReturnType<typeof whereMoves>): Promise<ListedMove[]> {
  const found: ListedMove[] = [];
  let after: { at: string; id: string } | null = null;
  for (;;) {
    const page: ListedMove[] = await listMoves(sql, where, { after, sort: 'oldest', limit: PER_PAGE });
    found.push(...page);
    const last = page.at(-1)?.move;
    if (page.length < PER_PAGE || last === undefined) return found;
    after = { at: toIso(last.at), id: last.id };
  }
}
