import type { Accountability, NormalisedChange } from '../record/change';

/** Which records an organisation calls noise of its platform; all that is given must fit. */
export type NoiseMatcher = {
  readonly service?: string | undefined;
  readonly entityType?: string | undefined;
  readonly action?: string | undefined;
  /** A property that is changed. */
  readonly property?: string | undefined;
  /** Id or name of a person or OAuth client. */
  readonly actor?: string | undefined;
};

/** Matchers in force in [from, to); `to` null while they are. */
export type NoisePeriod = {
  readonly from: Date;
  readonly to: Date | null;
  /** A text is a matcher by actor. */
  readonly noise: readonly (string | NoiseMatcher)[];
};

/** What is held of a change beyond its facts, as far as excusing reads it. */
export type Judged = {
  /** 1 low to 4 critical. */
  readonly risk: number;
  /** What the actor was called at the event: person or client. */
  readonly actorNames: readonly (string | null)[];
};

/** From here on a change is never excused: a known system user that does harm is still an event. */
const TOO_RISKY = 3;

/**
 * The accountability of a change under the organisation's word on platform noise: an accountable change that a matcher in
 * force at its own time describes is excused, unless its risk is high or critical. Other reasons stand before this one.
 * Source: acceptance L15, L16; design 5 (excused changes are out of both numbers, counted by reason).
 */
export function underNoise(
  change: NormalisedChange,
  accountability: Accountability,
  by: { readonly noise: readonly NoisePeriod[]; readonly judged: Judged },
): Accountability {
  if (!accountability.accountable || by.judged.risk >= TOO_RISKY) return accountability;
  const period = by.noise.find(
    (one) => one.from <= change.eventDate && (one.to === null || change.eventDate < one.to),
  );
  if (period === undefined) return accountability;
  const isNoise = period.noise.some((one) =>
    fits(typeof one === 'string' ? { actor: one } : one, change, by.judged),
  );
  return isNoise ? { accountable: false, excludedReason: 'excused' } : accountability;
}

function fits(matcher: NoiseMatcher, change: NormalisedChange, judged: Judged): boolean {
  const { service, entityType, action, property, actor } = matcher;
  // A matcher that says nothing would excuse everything.
  if ([service, entityType, action, property, actor].every((one) => one === undefined)) return false;
  if (service !== undefined && service !== change.service) return false;
  if (entityType !== undefined && entityType !== change.entityType) return false;
  if (action !== undefined && action !== change.action) return false;
  if (property !== undefined && !change.propertyChanges.some((one) => one.property === property))
    return false;
  return actor === undefined || isActor(actor, change, judged);
}

function isActor(actor: string, change: NormalisedChange, { actorNames }: Judged): boolean {
  const wanted = actor.toLowerCase();
  return [change.actorId, change.userId, change.clientId, ...actorNames].some(
    (one) => one?.toLowerCase() === wanted,
  );
}
