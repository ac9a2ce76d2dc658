import { MINUTE_MS } from '@/lib/kernel/instant';
import type { SessionRule } from '../contract';
import { byPlace, isDirect, type LightChange, sessionIdOf } from './light-change';

/** Records of one correlation further apart than this are two acts. */
export const CORRELATION_GAP_MS = 10 * MINUTE_MS;
/** Fewer are no cascade. */
export const CASCADE_MIN = 2;

export type Cascade = {
  readonly id: string;
  readonly rule: Exclude<SessionRule, 'burst'>;
  /** The transaction, correlation or act they share. */
  readonly key: string;
  /** The change whose actor owns it. */
  readonly owner: LightChange;
  /** In order. */
  readonly changes: readonly LightChange[];
  /** Its first accountable change: where it counts as a step of a burst. */
  readonly step: LightChange | null;
};

/** Transactions that more than one of the changes share; one that stands alone groups nothing, and the next rule is asked. */
export function sharedTransactions(changes: readonly LightChange[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { transactionKey } of changes)
    if (transactionKey !== null) counts.set(transactionKey, (counts.get(transactionKey) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > 1).map(([key]) => key));
}

/**
 * The cascades among the changes, by the first rule that fits each: a transaction it shares, else its correlation chained
 * within ten minutes, else the act that the related query named. The initiator's actor owns a cascade, else that of the
 * earliest direct record; platform records join it; direct records of somebody else form one of their own, if two or more do.
 *
 * Requires every change of each transaction, correlation chain and act that any of the changes belongs to. The order they
 * come in plays no part. Source: design 5, session.
 */
export function groupCascades(changes: readonly LightChange[]): Cascade[] {
  const shared = sharedTransactions(changes);
  const buckets = new Map<string, LightChange[]>();
  for (const change of [...changes].sort(byPlace)) {
    const belongs = belongsBy(change, shared);
    if (belongs === null) continue;
    const name = `${belongs.rule} ${belongs.key}`;
    const bucket = buckets.get(name);
    if (bucket === undefined) buckets.set(name, [change]);
    else bucket.push(change);
  }
  const cascades: Cascade[] = [];
  for (const bucket of buckets.values()) {
    const belongs = bucket[0] === undefined ? null : belongsBy(bucket[0], shared);
    if (belongs === null) continue;
    const chains = belongs.rule === 'correlation' ? chained(bucket) : [bucket];
    for (const chain of chains) cascades.push(...byOwner(chain, belongs));
  }
  return cascades;
}

type Belongs = { readonly rule: Cascade['rule']; readonly key: string };

/** By which rule and what a change belongs to others; null when by none. */
export function belongsBy(change: LightChange, shared: ReadonlySet<string>): Belongs | null {
  if (change.transactionKey !== null && shared.has(change.transactionKey))
    return { rule: 'transaction', key: change.transactionKey };
  if (change.correlationId !== null) return { rule: 'correlation', key: change.correlationId };
  return change.actId === null ? null : { rule: 'related', key: change.actId };
}

function chained(ordered: readonly LightChange[]): LightChange[][] {
  const chains: LightChange[][] = [];
  let last: LightChange | null = null;
  for (const change of ordered) {
    if (last === null || change.at.getTime() - last.at.getTime() > CORRELATION_GAP_MS) chains.push([change]);
    else chains.at(-1)?.push(change);
    last = change;
  }
  return chains;
}

function byOwner(ordered: readonly LightChange[], belongs: Belongs): Cascade[] {
  const people = ordered.filter((change) => isDirect(change) && change.actorId !== null);
  const owner = initiatorOf(people) ?? people[0] ?? initiatorOf(ordered) ?? ordered[0];
  const parts = new Map<string, LightChange[]>();
  for (const change of ordered) {
    // Somebody unknown is not known to be the owner, nor to be one person with anybody else unknown.
    if (isDirect(change) && change.actorId === null) continue;
    const whose = isDirect(change) ? change.actorId : (owner?.actorId ?? null);
    const name = whose === null ? 'nobody' : `actor ${whose}`;
    const part = parts.get(name);
    if (part === undefined) parts.set(name, [change]);
    else part.push(change);
  }
  return [...parts.values()].flatMap((part) => {
    const first = part[0];
    if (first === undefined || part.length < CASCADE_MIN) return [];
    const direct = part.filter(isDirect);
    return {
      ...belongs,
      id: sessionIdOf(first),
      owner: initiatorOf(direct) ?? direct[0] ?? initiatorOf(part) ?? first,
      changes: part,
      step: part.find((change) => change.accountable) ?? null,
    };
  });
}

function initiatorOf(ordered: readonly LightChange[]): LightChange | undefined {
  return ordered.find((change) => change.initiator);
}
