import type { SessionKind } from '../contract';

/** A change as far as grouping reads it. */
export type LightChange = {
  readonly id: string;
  readonly at: Date;
  readonly level: string;
  readonly actorId: string | null;
  readonly clientId: string | null;
  readonly accountable: boolean;
  readonly initiator: boolean;
  /** The transaction it names; an initiator that names none stands for its own. */
  readonly transactionKey: string | null;
  readonly correlationId: string | null;
  /** The act that the platform's related query put it under. */
  readonly actId: string | null;
  /** Where it was grouped before. */
  readonly held: HeldIn | null;
};

/** The session a change was in before, as the session's own row told. */
export type HeldIn = {
  readonly sessionId: string;
  /** Null when there is no such session any more. */
  readonly kind: SessionKind | null;
  readonly parentId: string | null;
  readonly stepId: string | null;
};

/** The order of everything here: event time, then id. */
export function byPlace(left: Pick<LightChange, 'at' | 'id'>, right: Pick<LightChange, 'at' | 'id'>): number {
  return left.at.getTime() - right.at.getTime() || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
}

/** Whether somebody did this, as against the platform following; a level nobody knows is the platform's. */
export function isDirect(change: Pick<LightChange, 'level'>): boolean {
  return change.level === 'USER' || change.level === 'GENESYS_INTERNAL';
}

/** The actor and the client that a burst is of, as one text; null when nobody is known to act. A client acting for itself is no other way in than none. */
export function streamOf(change: {
  readonly actorId: string | null;
  readonly clientId: string | null;
}): string | null {
  const { actorId, clientId } = change;
  return actorId === null ? null : `${actorId} ${clientId === actorId ? '' : (clientId ?? '')}`;
}

/** The id of a session by its earliest child. */
export function sessionIdOf(change: Pick<LightChange, 'id'>): string {
  return `ssn_${change.id}`;
}

/** The change that a session's id names, or null when the text is no id of a session. */
export function changeIdIn(sessionId: string): string | null {
  const found = /^ssn_(.+?)(\.bulk)?$/.exec(sessionId)?.[1];
  return found ?? null;
}
