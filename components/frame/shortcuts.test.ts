import { describe, expect, it } from 'vitest';
import { ROOMS } from './rooms';
import { keyOf, SHORTCUTS } from './shortcuts';

const press = (key: string, more: object = {}) =>
  keyOf({ key, ctrlKey: false, metaKey: false, altKey: false, target: { tagName: 'BODY' }, ...more });

describe('shortcuts', () => {
  it('every room has a jump of its own, and the list names it', () => {
    const jumps = ROOMS.map((room) => room.jump);
    expect(new Set(jumps).size).toBe(jumps.length);
    for (const room of ROOMS) {
      const listed = SHORTCUTS.find((one) => one.does === `Go to ${room.word}`);
      expect(listed?.keys).toEqual(['g', room.jump]);
    }
  });

  it('leave typing alone', () => {
    expect(press('j')).toBe('j');
    expect(press('j', { target: { tagName: 'INPUT', type: 'text' } })).toBeNull();
    expect(press('j', { target: { tagName: 'TEXTAREA' } })).toBeNull();
    expect(press('j', { target: { tagName: 'DIV', isContentEditable: true } })).toBeNull();
    expect(press('j', { target: { tagName: 'INPUT', type: 'checkbox' } })).toBe('j');
  });

  it('leave the browser its own', () => {
    expect(press('l', { ctrlKey: true })).toBeNull();
    expect(press('l', { metaKey: true })).toBeNull();
  });
});
