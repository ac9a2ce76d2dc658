import type { ActorKind } from '@/lib/kernel/words';
import type { SessionKind, SessionRule } from '../contract';
import { BULK_MIN, RUN_GAP_MS } from './find-runs';
import { CORRELATION_GAP_MS } from './group-cascades';

export type Owner = { readonly kind: ActorKind; readonly id: string | null; readonly name: string | null };

export type SessionTold = {
  readonly kind: SessionKind;
  readonly rule: SessionRule;
  readonly ruleKey: string | null;
  readonly owner: Owner;
  readonly changes: number;
  readonly steps: number;
  readonly nested: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** The change that the owner is the owner by. */
  readonly anchorId: string;
};

/** A session in one sentence. `began` is the sentence of the change that a cascade follows from, where there is one. */
export function sessionSentence(told: SessionTold, began: string | null): string {
  const lasted = durationWords(told.lastAt.getTime() - told.firstAt.getTime());
  if (told.kind === 'bulk')
    return `${ownerWords(told.owner)} made ${counted(told.changes, 'change')} in ${lasted}`;
  const others = counted(told.changes - 1, 'record');
  return `${began ?? `${ownerWords(told.owner)} began`}: ${others} more in ${lasted}`;
}

/** Why the changes of a session belong together, with the ids and limits of the rule. */
export function ruleSays(told: SessionTold): string {
  const owner = ownerWords(told.owner);
  if (told.rule === 'burst') {
    const steps = `${counted(told.steps, 'step')}, at least ${BULK_MIN} accountable changes of ${owner} through one client, each at most ${RUN_GAP_MS / 1_000} seconds after the one before`;
    const nested =
      told.nested === 0
        ? ''
        : ` ${counted(told.nested, 'cascade')} among them ${told.nested === 1 ? 'counts' : 'count'} as one step each.`;
    return `A bulk task: ${steps}.${nested} Minute borders play no part, nor does length, and changes of somebody else never join.`;
  }
  const shared = {
    transaction: `records of one transaction (${told.ruleKey})`,
    correlation: `records of one correlation (${told.ruleKey}), each at most ${CORRELATION_GAP_MS / 60_000} minutes after the one before`,
    related: `records that the platform itself named as related to record ${told.ruleKey}`,
  }[told.rule];
  return `A cascade: ${shared}. It is that of ${owner}, by record ${told.anchorId}. What the platform did in it belongs to it; what somebody else did in it does not.`;
}

/** Who owns a session, in words. */
export function ownerWords({ kind, id, name }: Owner): string {
  if (name) return name;
  if (id === null) return kind === 'platform' ? 'The platform' : 'Somebody unknown';
  const short = id.length > 12 ? `${id.slice(0, 4)}…${id.slice(-4)}` : id;
  return kind === 'automation' ? `OAuth client ${short}` : `User ${short}`;
}

/** A length of time in the two largest units that say something: `5 min 33 s`, `2 h 05 min`. */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds === 0) return 'one second';
  const units = [
    [86_400, 'd', 3_600, 'h'],
    [3_600, 'h', 60, 'min'],
    [60, 'min', 1, 's'],
  ] as const;
  for (const [size, unit, smaller, smallerUnit] of units) {
    if (seconds < size) continue;
    const rest = Math.floor((seconds % size) / smaller);
    return rest === 0
      ? `${Math.floor(seconds / size)} ${unit}`
      : `${Math.floor(seconds / size)} ${unit} ${rest} ${smallerUnit}`;
  }
  return `${seconds} s`;
}

function counted(n: number, what: string): string {
  return `${n.toLocaleString('en-US')} ${what}${n === 1 ? '' : 's'}`;
}
