import { describe, expect, it } from 'vitest';
import { readScope } from '@/components/url/page-scope';
import {
  askQuestion,
  clearMoveFilters,
  isAsked,
  isMoveFiltered,
  MOVE_QUESTIONS,
  moveQuery,
  readMoveFilter,
} from './move-filter';

const params = (text: string) => new URLSearchParams(text);
const scope = readScope(params('from=2026-11-01T00:00:00Z&to=2026-11-28T00:00:00Z'), new Date(0));

describe('the filters of division moves in the address', () => {
  it('drop what no move can be', () => {
    const filter = readMoveFilter(
      params('review=pending&review=soon&self=perhaps&boundary=cross&type=queue'),
    );
    expect(filter.values.review).toEqual(['pending']);
    expect(filter.values.self).toEqual([]);
    expect(filter.values.type).toEqual(['queue']);
    expect(moveQuery(filter, scope)).toMatchObject({
      from: '2026-11-01T00:00:00Z',
      boundary: ['cross'],
      review: ['pending'],
    });
  });

  it('a figure sets its filter, and pressed again takes it out', () => {
    const asked = askQuestion(params('org=a&cursor=c&move=mov_1'), MOVE_QUESTIONS.flaggedAddress);
    expect(asked.getAll('address')).toEqual(['outside_allow_list', 'new_for_person']);
    expect(asked.has('cursor')).toBe(false);
    expect(isAsked(readMoveFilter(asked), MOVE_QUESTIONS.flaggedAddress)).toBe(true);
    expect(askQuestion(asked, MOVE_QUESTIONS.flaggedAddress).toString()).toBe('org=a');
  });

  it('clearing leaves organisation and order', () => {
    const cleared = clearMoveFilters(params('org=a&sort=oldest&self=true&q=Ravi&session=ssn_1&target=t'));
    expect(cleared.toString()).toBe('org=a&sort=oldest');
    expect(isMoveFiltered(readMoveFilter(cleared))).toBe(false);
    expect(isMoveFiltered(readMoveFilter(params('target=t')))).toBe(true);
  });
});
