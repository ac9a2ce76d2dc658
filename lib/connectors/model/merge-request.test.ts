import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bringingRequest, judgeReview, type MergeRequest, type ReviewVote } from './merge-request';

const MERGED = new Date('2026-11-20T12:00:00Z');
const HEAD = 'a'.repeat(40);

function minutes(count: number): Date {
  return new Date(MERGED.getTime() + count * 60_000);
}

function vote(more: Partial<ReviewVote> = {}): ReviewVote {
  return { reviewer: 'priya', vote: 'approved', at: minutes(-10), ofHash: HEAD, ...more };
}

function request(votes: readonly ReviewVote[], more: Partial<MergeRequest> = {}): MergeRequest {
  return {
    host: 'GitHub',
    reference: '#7',
    title: 'Longer wait',
    url: null,
    author: 'marek',
    contributors: ['marek', 'ana'],
    openedAt: minutes(-60),
    mergedAt: MERGED,
    mergedBy: 'priya',
    targetBranch: 'main',
    headHash: HEAD,
    votes,
    ...more,
  };
}

describe('R13: what counts as a review', () => {
  test.each<[string, readonly ReviewVote[], 'reviewed' | 'unreviewed' | 'unknown']>([
    ['an approval of another before the merge', [vote()], 'reviewed'],
    ['an approval in the very second of the merge', [vote({ at: MERGED })], 'reviewed'],
    ['nothing', [], 'unreviewed'],
    ['the author alone', [vote({ reviewer: 'Marek' })], 'unreviewed'],
    ['somebody who wrote one of its commits', [vote({ reviewer: 'ana' })], 'unreviewed'],
    ['an approval after the merge', [vote({ at: minutes(1) })], 'unreviewed'],
    ['an approval that was dismissed', [vote(), vote({ vote: 'dismissed', at: minutes(-5) })], 'unreviewed'],
    [
      'an approval followed by a wish for changes',
      [vote(), vote({ vote: 'changes_requested', at: minutes(-5) })],
      'unreviewed',
    ],
    [
      'a wish for changes followed by an approval',
      [vote({ vote: 'changes_requested' }), vote({ at: minutes(-5) })],
      'reviewed',
    ],
    ['an approval whose time nobody keeps', [vote({ at: null })], 'unknown'],
    ['the author and another', [vote({ reviewer: 'marek' }), vote()], 'reviewed'],
  ])('%s', (_, votes, expected) => expect(judgeReview(request(votes)).review).toBe(expected));

  test('of an earlier head: it counts and says so', () => {
    const verdict = judgeReview(request([vote({ ofHash: 'b'.repeat(40) })]));
    expect(verdict).toMatchObject({ review: 'reviewed', approvals: [{ by: 'priya', ofMergedHead: false }] });
    expect(verdict.notes).toEqual(['priya approved an earlier head than the one merged']);
  });

  test('the order in which votes come plays no part, and no vote of an author or after the merge ever helps', () => {
    const one = fc.record({
      reviewer: fc.constantFrom('priya', 'hamza', 'marek', 'ana'),
      vote: fc.constantFrom<ReviewVote['vote']>('approved', 'changes_requested', 'dismissed'),
      at: fc.integer({ min: -50, max: 50 }).map(minutes),
      ofHash: fc.constant(HEAD),
    });
    const votes = fc.uniqueArray(one, { selector: (each) => `${each.reviewer} ${each.at}`, maxLength: 8 });
    fc.assert(
      fc.property(votes, fc.integer(), (list, turn) => {
        const turned = list.map((_, at) => list[(at + Math.abs(turn)) % list.length] ?? vote());
        const verdict = judgeReview(request(list));
        expect(judgeReview(request(turned)).review).toBe(verdict.review);
        const useful = list.filter((each) => each.at <= MERGED && ['priya', 'hamza'].includes(each.reviewer));
        expect(judgeReview(request(useful)).review).toBe(verdict.review);
      }),
    );
  });

  test('of several requests that hold a commit the first merged brought it in; of open ones the newest', () => {
    const early = { mergedAt: minutes(-5), openedAt: minutes(-90) };
    const late = { mergedAt: minutes(5), openedAt: minutes(-95) };
    const open = { mergedAt: null, openedAt: minutes(-1) };
    expect(bringingRequest([open, late, early])).toBe(early);
    expect(bringingRequest([{ mergedAt: null, openedAt: minutes(-9) }, open])).toBe(open);
    expect(bringingRequest([])).toBeNull();
  });
});
