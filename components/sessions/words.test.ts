import { describe, expect, it } from 'vitest';
import { readSessionFilter, sessionQuery } from './session-filter';
import { ownerName, partCount, spanOf } from './words';

describe('a session in words', () => {
  it.each([
    ['2026-11-20T14:00:00Z', '2026-11-20T14:05:33Z', '5 min 33 s'],
    ['2026-11-20T14:00:00Z', '2026-11-20T14:00:00Z', 'within 1 s'],
  ])('from %s to %s lasts %s', (firstAt, lastAt, words) => {
    expect(spanOf({ firstAt, lastAt })).toBe(words);
  });

  it('names its parts and its owner, and says so where nobody is named', () => {
    const part = {
      service: 'Telephony',
      entityType: 'EdgeGroup',
      action: 'Update',
      count: 2,
      maxRisk: 'low' as const,
    };
    expect(partCount(part)).toBe('2 edge group updates');
    expect(ownerName({ owner: { kind: 'unknown', id: null, name: null } })).toBe('no record tells who');
  });
});

describe('the filters of sessions in the address', () => {
  it('drop what no session can be and keep the open one out of the question', () => {
    const params = new URLSearchParams('kind=bulk&kind=flood&risk=high&sort=largest&session=ssn_1');
    const filter = readSessionFilter(params);
    expect(filter).toMatchObject({ values: { kind: ['bulk'], risk: ['high'] }, sort: 'largest' });
    const period = { kind: 'relative', preset: '30d' } as const;
    const scope = { period, range: { from: new Date(0), to: new Date(1) }, orgs: [] };
    expect(sessionQuery(filter, scope)).not.toHaveProperty('session');
  });
});
