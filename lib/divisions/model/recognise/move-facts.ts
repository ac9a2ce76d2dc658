import type { NormalisedChange } from '@/lib/changes/model/record/change';

/** What recognition reads of a change. */
export type MoveFacts = Pick<
  NormalisedChange,
  | 'action'
  | 'entityType'
  | 'entityId'
  | 'entityName'
  | 'propertyChanges'
  | 'entityChanges'
  | 'context'
  | 'status'
>;

/** Divisions the directory ever knew: an id alone shows that a value is a division, and names lead to ids. */
export type KnownDivisions = {
  readonly ids: ReadonlySet<string>;
  /** Only names that one division alone bears. */
  readonly idOfName: ReadonlyMap<string, string>;
};

/** The guides' word for a move; the platform's own vocabulary has none. Source: genesys-cloud.md 3.7. */
export const CHANGE_DIVISION = 'ChangeDivision';
