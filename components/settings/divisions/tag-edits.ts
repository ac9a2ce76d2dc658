import type { DivisionTagsDto } from '@/lib/divisions/contract';

export type TaggedDivision = DivisionTagsDto['items'][number];
export type Sensitivity = NonNullable<TaggedDivision['tag']>['sensitivity'];
/** What stands in the form for one division; rank as typed. */
export type TagDraft = {
  readonly region: string;
  readonly sensitivity: Sensitivity;
  readonly rank: string;
};
export type TagEdits = Readonly<Record<string, TagDraft>>;

/** Most ranks the API takes. */
const HIGHEST_RANK = 1_000;

/** The tag in force, as the form shows it. */
export function draftOf({ tag }: TaggedDivision): TagDraft {
  return {
    region: tag?.region ?? '',
    sensitivity: tag?.sensitivity ?? 'normal',
    rank: tag?.rank === null || tag === null ? '' : String(tag.rank),
  };
}

export function isEdited(division: TaggedDivision, edits: TagEdits): boolean {
  const edit = edits[division.id];
  if (edit === undefined) return false;
  const now = draftOf(division);
  return edit.region.trim() !== now.region || edit.sensitivity !== now.sensitivity || edit.rank !== now.rank;
}

/** Why the draft cannot be saved, or null. */
export function draftProblem({ rank }: TagDraft): string | null {
  if (rank === '') return null;
  const number = Number(rank);
  return Number.isInteger(number) && number >= 0 && number <= HIGHEST_RANK
    ? null
    : `A rank is a whole number from 0 to ${HIGHEST_RANK}.`;
}

/**
 * What is saved for one organisation: its tags as they are, with the edits. A division that has no tag and was not touched
 * stays without one: an assumed "normal" would turn "not evaluated" into a verdict.
 */
export function tagsBody(org: string, divisions: readonly TaggedDivision[], edits: TagEdits) {
  return {
    org,
    divisions: divisions
      .filter((division) => division.tag !== null || isEdited(division, edits))
      .map((division) => {
        const draft = edits[division.id] ?? draftOf(division);
        return {
          id: division.id,
          region: draft.region.trim() === '' ? null : draft.region.trim(),
          sensitivity: draft.sensitivity,
          rank: draft.rank === '' ? null : Number(draft.rank),
        };
      }),
  };
}
