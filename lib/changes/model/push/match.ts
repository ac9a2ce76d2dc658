import type { NormalisedChange } from '../record/change';

/**
 * Which pushed events become changes. Each list that is given must hold the event's value, in any case of letters; what is
 * left out asks for everything. What does not match is kept aside and counted, and comes by the pull all the same.
 */
export type PushMatch = {
  /** The envelope's `detail-type`, such as `v2.audits.entitytype.{id}.entityid.{id}`. */
  readonly detailTypes?: readonly string[] | undefined;
  readonly services?: readonly string[] | undefined;
  readonly entityTypes?: readonly string[] | undefined;
  readonly actions?: readonly string[] | undefined;
};

/** Where nothing is set, everything is asked for. */
export const MATCH_EVERYTHING: PushMatch = {};

/** Whether events of this kind are asked for at all; an event without a `detail-type` is judged by its content alone. */
export function matchesDetailType(match: PushMatch, detailType: string | null): boolean {
  return detailType === null || holds(match.detailTypes, detailType);
}

export function matchesChange(
  match: PushMatch,
  change: Pick<NormalisedChange, 'service' | 'entityType' | 'action'>,
): boolean {
  return (
    holds(match.services, change.service) &&
    holds(match.entityTypes, change.entityType) &&
    holds(match.actions, change.action)
  );
}

function holds(wanted: readonly string[] | undefined, value: string): boolean {
  if (wanted === undefined) return true;
  const lower = value.toLowerCase();
  return wanted.some((one) => one.toLowerCase() === lower);
}
