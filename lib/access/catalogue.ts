import { requestError } from '@/lib/kernel/errors';
import { DRIFT_RESIDENTS } from './catalogue.gen';
import type { AnyDriftRule, DriftResident } from './model/drift-rule';

const BY_ID: ReadonlyMap<string, DriftResident> = new Map(DRIFT_RESIDENTS.map((one) => [one.rule.id, one]));

/** Every rule about drift with the hash of its file, in the order of their names. */
export function driftResidents(): readonly DriftResident[] {
  return DRIFT_RESIDENTS;
}

/** The rule with this id; null for one that was removed from the product. */
export function driftRuleById(id: string): AnyDriftRule | null {
  return BY_ID.get(id)?.rule ?? null;
}

/** The title of a rule, or its id where the product no longer has it. */
export function driftRuleTitle(id: string): string {
  return driftRuleById(id)?.title ?? id;
}

/** Hex SHA-256 of a rule's file as it is now. Throws `not_found` for an id that is none. */
export function driftRuleSha256(id: string): string {
  const resident = BY_ID.get(id);
  if (resident === undefined)
    throw requestError('not_found', `cannot name the file of rule ${id}: there is none`);
  return resident.sha256;
}
