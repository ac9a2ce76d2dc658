import { describe, expect, it } from 'vitest';
import { setValues, toggleValue, withCursor, withOpen } from './list-params';

const address = () => new URLSearchParams('org=o&cursor=c&move=m&linkage=linked&linkage=unlinked');

describe('the address of a list', () => {
  it('another filter starts paging again and closes the open row', () => {
    expect(setValues(address(), 'move', { linkage: ['mismatch'] }).toString()).toBe('org=o&linkage=mismatch');
    expect(setValues(address(), 'move', { linkage: [] }).toString()).toBe('org=o');
  });

  it('pressing a value adds it, pressing it again takes only it out', () => {
    expect(toggleValue(address(), 'move', 'linkage', 'linked').toString()).toBe('org=o&linkage=unlinked');
    expect(toggleValue(new URLSearchParams(), 'move', 'self', 'true').toString()).toBe('self=true');
  });

  it('opening a row keeps the page; turning the page closes the row', () => {
    expect(withOpen(address(), 'move', 'n').get('cursor')).toBe('c');
    expect(withOpen(address(), 'move', null).has('move')).toBe(false);
    expect(withCursor(address(), 'move', 'd').toString()).toBe(
      'org=o&linkage=linked&linkage=unlinked&cursor=d',
    );
    expect(withCursor(address(), 'move', null).has('cursor')).toBe(false);
  });
});
