import { describe, expect, it } from 'vitest';
import { COLUMN_IDS, DEFAULT_COLUMNS, moveColumn, readColumns, toggleColumn, writeColumns } from './columns';

describe('the columns of the list of changes', () => {
  it('come from the address first, then from this browser, then from the house', () => {
    expect(readColumns('when,risk', 'who')).toEqual(['what', 'when', 'risk']);
    expect(readColumns(null, 'who,when')).toEqual(['what', 'who', 'when']);
    expect(readColumns(null, null)).toEqual(DEFAULT_COLUMNS);
    expect(readColumns('nonsense', null)).toEqual(DEFAULT_COLUMNS);
  });

  it('always say what happened, and say it first', () => {
    expect(readColumns('risk,what', null)[0]).toBe('what');
    expect(toggleColumn(DEFAULT_COLUMNS, 'what')).toEqual(DEFAULT_COLUMNS);
    expect(moveColumn(DEFAULT_COLUMNS, 'when', -1)).toEqual(DEFAULT_COLUMNS);
  });

  it('can be reordered within their bounds', () => {
    expect(moveColumn(['what', 'when', 'risk'], 'risk', -1)).toEqual(['what', 'risk', 'when']);
    expect(moveColumn(['what', 'when', 'risk'], 'risk', 1)).toEqual(['what', 'when', 'risk']);
  });

  it('are written as they are read, and left out when they are the usual ones', () => {
    expect(writeColumns(DEFAULT_COLUMNS)).toBeNull();
    expect(readColumns(writeColumns(COLUMN_IDS), null)).toEqual(COLUMN_IDS);
  });
});
