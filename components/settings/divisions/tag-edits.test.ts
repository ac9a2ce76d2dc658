import { describe, expect, it } from 'vitest';
import { draftProblem, isEdited, type TaggedDivision, tagsBody } from './tag-edits';

const division = (id: string, tag: TaggedDivision['tag']): TaggedDivision => ({
  orgId: 'o',
  id,
  name: id,
  deleted: false,
  tag,
  suggested: null,
  objects: 0,
});
const emea = division('emea', {
  region: 'EMEA',
  sensitivity: 'restricted',
  rank: 5,
  since: '2026-01-01T00:00:00Z',
  setBy: 'Dana Admin',
});
const bare = division('bare', null);

describe('tags of divisions in the form', () => {
  it('D17, D19, D31: saves the tags there are with the edits, and assumes nothing about the others', () => {
    expect(tagsBody('o', [emea, bare], {})).toEqual({
      org: 'o',
      divisions: [{ id: 'emea', region: 'EMEA', sensitivity: 'restricted', rank: 5 }],
    });
    const edits = { bare: { region: ' US ', sensitivity: 'high_security' as const, rank: '' } };
    expect(tagsBody('o', [emea, bare], edits).divisions[1]).toEqual({
      id: 'bare',
      region: 'US',
      sensitivity: 'high_security',
      rank: null,
    });
  });

  it('what is typed back to what it was is no edit', () => {
    const same = { emea: { region: 'EMEA ', sensitivity: 'restricted' as const, rank: '5' } };
    expect(isEdited(emea, same)).toBe(false);
    expect(isEdited(emea, { emea: { ...same.emea, rank: '6' } })).toBe(true);
  });

  it.each([
    ['', null],
    ['0', null],
    ['1.5', 'A rank is a whole number from 0 to 1000.'],
    ['-1', 'A rank is a whole number from 0 to 1000.'],
  ])('rank %j: %j', (rank, problem) => {
    expect(draftProblem({ region: '', sensitivity: 'normal', rank })).toBe(problem);
  });
});
