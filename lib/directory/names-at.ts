import type { Sql } from '@/lib/db/sql';
import { type NameAt, nameAt } from './model/name-at';
import { loadNameCandidates, type NameRef } from './store/name-candidates';

const NOTHING_KNOWN = { inForce: null, lastNamed: null, lookedUp: null };
/** Refs asked for in one statement; more are asked in turn. */
const REFS_PER_STATEMENT = 5_000;

/**
 * The name of each ref as it was at its instant, in the order asked; duplicates are looked up once.
 * Ids that nothing is known of come back unresolved, never with today's name (`model/name-at.ts`).
 */
export async function namesAt(sql: Sql, orgId: string, refs: readonly NameRef[]): Promise<NameAt[]> {
  const places = new Map<string, number>();
  const distinct: NameRef[] = [];
  const order = refs.map((ref) => {
    const key = `${ref.kind ?? ''} ${ref.at.getTime()} ${ref.id}`;
    let place = places.get(key);
    if (place === undefined) {
      place = distinct.push(ref) - 1;
      places.set(key, place);
    }
    return place;
  });
  const names: NameAt[] = [];
  for (let from = 0; from < distinct.length; from += REFS_PER_STATEMENT) {
    const part = distinct.slice(from, from + REFS_PER_STATEMENT);
    const candidates = await loadNameCandidates(sql, orgId, part);
    for (const [index, ref] of part.entries()) {
      names.push(nameAt(ref.id, candidates[index] ?? NOTHING_KNOWN));
    }
  }
  return order.flatMap((place) => names[place] ?? []);
}
