import { describe, expect, it } from 'vitest';
import { boundaryOf, sinceWords, typeWord, whoMoved } from './words';

const side = (since: { renamedTo: string | null; deleted: boolean }) => ({
  id: 'd',
  name: 'Partner Pilot',
  nameFrom: 'snapshot',
  nameKnownFrom: null,
  region: null,
  sensitivity: null,
  rank: null,
  since,
});

describe('a division move in words', () => {
  it.each([
    ['EdgeGroup', 'edge group'],
    ['user', 'user'],
    ['edge_group', 'edge group'],
    ['DNIS', 'dnis'],
  ])('an object of type %s is a %s', (type, word) => {
    expect(typeWord(type)).toBe(word);
  });

  it('what became of a division stands beside its name of that moment', () => {
    expect(sinceWords(side({ renamedTo: null, deleted: false }))).toBeNull();
    expect(sinceWords(side({ renamedTo: 'EMEA Secure', deleted: false }))).toBe('now called EMEA Secure');
    expect(sinceWords(side({ renamedTo: 'Partners', deleted: true }))).toBe(
      'now called Partners, deleted since',
    );
  });

  it('a move that nobody recorded says so, and an id is better than nothing', () => {
    const nobody = { kind: 'unknown' as const, id: null, name: null };
    expect(whoMoved({ actor: nobody, adminUser: null })).toBe('no record tells who');
    expect(whoMoved({ actor: { ...nobody, id: 'u-1' }, adminUser: null })).toBe('u-1');
  });

  it('a crossing that could not be judged is neither crossing nor within', () => {
    expect([true, false, null].map((boundaryCross) => boundaryOf({ boundaryCross }))).toEqual([
      'cross',
      'same',
      'not_evaluated',
    ]);
  });
});
