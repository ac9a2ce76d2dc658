import { requestError } from '@/lib/kernel/errors';
import { RESIDENTS } from './catalogue.gen';
import type { Control, ResidentControl } from './model/control';

const BY_ID: ReadonlyMap<string, ResidentControl> = new Map(RESIDENTS.map((one) => [one.control.id, one]));

/** Every control, in the order of their names. */
export function allControls(): readonly Control[] {
  return RESIDENTS.map(({ control }) => control);
}

/** The control with this id; null for one that was removed from the product. */
export function controlById(id: string): Control | null {
  return BY_ID.get(id)?.control ?? null;
}

/** Hex SHA-256 of a control's file as it is now. Throws `not_found` for an id that is none. */
export function controlSha256(id: string): string {
  const resident = BY_ID.get(id);
  if (resident === undefined)
    throw requestError('not_found', `cannot name the file of control ${id}: there is none`);
  return resident.sha256;
}
