import type { ResponseDetailDto } from '@/lib/alerts/contract/responses';
import type { Response, Speaker } from './response';

/** Who asks to decide. `addresses` are a person's own, in lower case. */
export type Decider = Speaker & {
  /** Whether the role includes deciding at all. */
  readonly mayDecide: boolean;
  readonly address: string | null;
};

/** Whom the response is about: addresses of the target and of who did what was found, in lower case. */
export type Concerned = { readonly target: ReadonlySet<string>; readonly actor: ReadonlySet<string> };

export type MayDecide = ResponseDetailDto['may'];
type Answer = MayDecide['approve'];

const yes: Answer = { allowed: true, because: null };
const no = (because: string): Answer => ({ allowed: false, because });

/**
 * What this viewer may say about the response now, and why not. Two people: who asked cannot approve, nor can whom it is
 * about or who did what was found; a key is nobody. What the policy did by itself one person may undo.
 */
export function mayDecide(
  response: Response,
  by: {
    readonly decider: Decider;
    readonly concerned: Concerned;
    readonly now: Date;
    /** Whether anything was done that can be given back. */
    readonly changed: boolean;
    /** The undo that was asked for and has not ended, or ended well. */
    readonly openUndo: string | null;
  },
): MayDecide {
  const barred = barredBy(by.decider, by.concerned);
  return {
    approve: barred ?? approve(response, by.decider, by.now),
    reject: barred ?? reject(response, by.now),
    undo: barred ?? undo(response, by),
  };
}

function barredBy(decider: Decider, { target, actor }: Concerned): Answer | null {
  if (!decider.mayDecide) return no('Your role does not include deciding about responses.');
  if (decider.address === null) return null;
  if (target.has(decider.address)) return no('It is about you; someone else must decide.');
  if (actor.has(decider.address)) return no('You did what it answers; someone else must decide.');
  return null;
}

function approve(response: Response, decider: Decider, now: Date): Answer {
  if (response.state !== 'waiting') return no(`It is ${response.state}; only a waiting one can be approved.`);
  if (isExpired(response, now)) return no('It has expired.');
  if (decider.kind !== 'person') return no('A person must approve it.');
  if (response.requestedBy.kind !== 'system' && response.requestedBy.id === decider.id)
    return no('You asked for this; someone else must approve.');
  return yes;
}

function reject(response: Response, now: Date): Answer {
  if (response.state !== 'waiting') return no(`It is ${response.state}; only a waiting one can be rejected.`);
  return isExpired(response, now) ? no('It has expired.') : yes;
}

function undo(
  response: Response,
  { changed, openUndo, decider }: { changed: boolean; openUndo: string | null; decider: Decider },
): Answer {
  if (response.undoOf !== null) return no('It undoes another one; ask for that again instead.');
  if (response.state !== 'done' && response.state !== 'failed')
    return no(`It is ${response.state}; nothing was done yet.`);
  if (response.undoneBy !== null) return no('It was undone already.');
  if (openUndo !== null) return no('Its undoing was asked for already.');
  if (!changed) return no('It changed nothing that could be given back.');
  if (isByPolicy(response) && decider.kind !== 'person') return no('A person must undo it.');
  return yes;
}

/** Whether the policy approved it by itself, so that one person's word is enough to give it back. */
export function isByPolicy(response: Pick<Response, 'mode' | 'decidedBy'>): boolean {
  return response.mode === 'act' && response.decidedBy?.id === null;
}

/** Whether its time to be approved is over. */
export function isExpired(response: Pick<Response, 'expiresAt'>, now: Date): boolean {
  return response.expiresAt !== null && response.expiresAt <= now;
}
