import { describe, expect, it } from 'vitest';
import { policyWords, readMoveReview, readNetworks } from './policy-words';

describe('policies as a person reads them', () => {
  it('D18: the review period says which moves and how long', () => {
    expect(policyWords('policy.moveReview', { days: 5, applies: 'boundary_cross' })).toEqual([
      'Moves across regions must be reviewed within 5 days.',
    ]);
    expect(policyWords('policy.moveReview', { days: 0, applies: 'restricted' })).toEqual([
      'No division move is asked to be reviewed.',
    ]);
    expect(readMoveReview({ days: 5, applies: 'toString' })).toBeNull();
  });

  it('responses say what happens for which rule, and that nothing happens by itself', () => {
    const words = policyWords('policy.responses', {
      modes: { 'self-move': 'ask' },
      breakGlass: ['root@example.test'],
      limits: { perHour: 3, perDay: 10 },
      approvalMinutes: 60,
    });
    expect(words).toEqual([
      'When self-move finds something: prepare it and wait for a second person.',
      'For every other rule: only note what would have been done.',
      'At most 3 an hour and 10 a day are carried out.',
      'An approval may be waited for 60 minutes; then it expires.',
      'Never touched (break glass): root@example.test.',
    ]);
    expect(policyWords('policy.responses', {})).toEqual([
      'For every rule: only note what would have been done.',
    ]);
  });

  it('leaves the others to their tables', () => {
    expect(policyWords('policy.windows', [])).toBeNull();
  });

  it('networks may be typed one a line or with commas', () => {
    expect(readNetworks('192.0.2.0/24, 198.51.100.0/24\n192.0.2.0/24 ')).toEqual([
      '192.0.2.0/24',
      '198.51.100.0/24',
    ]);
  });
});
