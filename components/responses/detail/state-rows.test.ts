import { describe, expect, it } from 'vitest';
import { stateRows } from './state-rows';

describe('what a step read before and read back after', () => {
  it('puts what differs first', () => {
    const rows = stateRows({ name: 'Luis', state: 'active' }, { name: 'Luis', state: 'inactive' });
    expect(rows[0]).toEqual({ name: 'State', before: 'active', after: 'inactive', differs: true });
    expect(rows[1]).toMatchObject({ name: 'Name', differs: false });
  });

  it('what was not read yet is not shown as a difference', () => {
    expect(stateRows({ divisionId: 'd1' }, null)).toEqual([
      { name: 'Division', before: 'd1', after: 'not read', differs: false },
    ]);
  });

  it('a division is called by its name, and the id of the target is left to the page', () => {
    const rows = stateRows({ id: 'u1', divisionId: 'd1' }, null, (id) =>
      id === 'd1' ? 'EMEA Restricted' : id,
    );
    expect(rows).toEqual([
      { name: 'Division', before: 'EMEA Restricted', after: 'not read', differs: false },
    ]);
  });

  it('a value that is missing on one side is told apart from one that is empty', () => {
    expect(stateRows({ lastTokenIssued: null }, {})[0]).toMatchObject({ before: 'none', after: 'not given' });
  });
});
