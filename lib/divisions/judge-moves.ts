import type { Sql } from '@/lib/db/sql';
import { knownClients } from '@/lib/directory/known-clients';
import { wantLookUps } from '@/lib/directory/look-up-name';
import type { NameAt } from '@/lib/directory/model/name-at';
import type { DivisionTag } from '@/lib/directory/model/policy/division-tag';
import { namesAt } from '@/lib/directory/names-at';
import { divisionTagsAt } from '@/lib/directory/policy-at';
import type { ActorKind, Source } from '@/lib/kernel/words';
import type { MovePolicies } from './load-policies';
import { judgeAddress } from './model/judge/judge-address';
import { crossesBoundary, directionOf, isRestricted, selfMoveBy } from './model/judge/judge-divisions';
import { reviewDueAt } from './model/judge/review';
import type { ToldDivision } from './model/recognise/read-divisions';
import type { DivisionAt } from './model/recorded-move';
import type { NewMove } from './store/write-moves';

/** A move as it was found, before names, tags and addresses are held against it. */
export type FoundMove = {
  readonly id: string;
  readonly changeId: string | null;
  readonly at: Date;
  readonly receivedAt: Date;
  readonly within: NewMove['within'];
  readonly source: Source;
  readonly actor: {
    readonly kind: ActorKind;
    readonly id: string | null;
    readonly name: string | null;
    /** The person of the record, where it names one beside or instead of a client. */
    readonly userId: string | null;
  };
  readonly client: NewMove['client'];
  readonly target: NewMove['target'];
  readonly from: ToldDivision | null;
  readonly to: ToldDivision | null;
  readonly clientIp: string | null;
  readonly newAddress: boolean;
  readonly accountable: boolean;
};

/**
 * Found moves with the names and tags of their moment, and what follows from them. Divisions that nothing names are noted to be
 * asked for at the platform; they keep their id, and the move is there all the same.
 */
export async function judgeMoves(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly found: readonly FoundMove[];
    readonly policies: MovePolicies;
    readonly now: Date;
  },
): Promise<NewMove[]> {
  const { orgId, found, policies, now } = asked;
  if (found.length === 0) return [];
  const owners = await knownClients(sql, orgId);
  const tagsAt = await tagsOfInstants(
    sql,
    orgId,
    found.map((move) => move.at),
  );
  const refs = found.flatMap(({ from, to, at }) =>
    [from, to].flatMap((side) => (side === null ? [] : [{ id: side.id, kind: 'division' as const, at }])),
  );
  const names = await namesAt(sql, orgId, refs);
  const nameOf = new Map(refs.map((ref, index) => [`${ref.id} ${ref.at.getTime()}`, names[index] ?? null]));

  const unresolved = refs.filter((_, index) => names[index]?.name === null);
  await wantLookUps(sql, { orgId, wanted: unresolved, now });

  return found.map((move) => {
    const side = (told: ToldDivision | null): DivisionAt =>
      sideOf(told, {
        at: move.at,
        named: told === null ? null : (nameOf.get(`${told.id} ${move.at.getTime()}`) ?? null),
        tag: told === null ? undefined : tagsAt.get(move.at.getTime())?.get(told.id),
      });
    const from = side(move.from);
    const to = side(move.to);
    const address = judgeAddress({
      ip: move.clientIp,
      allowList: policies.allowListAt(move.receivedAt),
      newForPerson: move.newAddress,
    });
    const clientOwnerId = move.client === null ? null : (owners.get(move.client.id)?.createdBy ?? null);
    const boundaryCross = crossesBoundary(from, to);
    const restricted = isRestricted(to);
    const { userId: named, ...actor } = move.actor;
    // A client that acts by itself may stand in the place of the user, too: then the record names no person.
    const userId = named === move.client?.id ? null : named;
    return {
      id: move.id,
      orgId,
      changeId: move.changeId,
      at: move.at,
      receivedAt: move.receivedAt,
      within: move.within,
      source: move.source,
      actor,
      client: move.client,
      target: move.target,
      from,
      to,
      clientIp: move.clientIp,
      addressFlags: address.flags,
      addressNotEvaluated: address.notEvaluated,
      selfMoveBy: selfMoveBy({ targetId: move.target.id, actorId: actor.id, userId, clientOwnerId }),
      direction: directionOf(from, to),
      boundaryCross,
      restricted,
      accountable: move.accountable,
      reviewDueAt: reviewDueAt(
        { receivedAt: move.receivedAt, actorKind: actor.kind, boundaryCross, restricted },
        policies.reviewAt(move.receivedAt),
      ),
    };
  });
}

function sideOf(
  told: ToldDivision | null,
  known: { readonly at: Date; readonly named: NameAt | null; readonly tag: DivisionTag | undefined },
): DivisionAt {
  const { named, tag } = known;
  const tagged = {
    region: tag?.region ?? null,
    sensitivity: tag?.sensitivity ?? null,
    rank: tag?.rank ?? null,
  };
  if (told === null) return { id: null, name: null, nameFrom: 'unresolved', nameKnownFrom: null, ...tagged };
  // A snapshot in force names first; then the record's own word, which is of the same moment; then what is known from before.
  if (told.name !== null && named?.from !== 'snapshot')
    return { id: told.id, name: told.name, nameFrom: 'record', nameKnownFrom: known.at, ...tagged };
  return {
    id: told.id,
    name: named?.name ?? null,
    nameFrom: named?.from ?? 'unresolved',
    nameKnownFrom: named?.knownFrom ? new Date(named.knownFrom) : null,
    ...tagged,
  };
}

async function tagsOfInstants(
  sql: Sql,
  orgId: string,
  instants: readonly Date[],
): Promise<ReadonlyMap<number, ReadonlyMap<string, DivisionTag>>> {
  const tags = new Map<number, ReadonlyMap<string, DivisionTag>>();
  for (const at of instants)
    if (!tags.has(at.getTime())) tags.set(at.getTime(), await divisionTagsAt(sql, orgId, at));
  return tags;
}
