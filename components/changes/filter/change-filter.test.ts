import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScope } from '@/components/url/page-scope';
import {
  changeQuery,
  clearFilters,
  FILTER_NAMES,
  hiddenQuery,
  isFiltered,
  isPressed,
  pressChip,
  QUICK_CHIPS,
  readChangeFilter,
  setFilter,
  toggleFilter,
} from './change-filter';

const NOW = new Date('2026-11-20T14:22:31Z');
const params = (text: string) => new URLSearchParams(text);

describe('the filter in the address of the changes', () => {
  it('L15: asks for accountable changes when nothing is said, and can count what that hides', () => {
    const filter = readChangeFilter(params(''));
    const scope = readScope(params(''), NOW);
    expect(changeQuery(filter, scope).accountable).toBe('true');
    expect(hiddenQuery(filter, scope).accountable).toBe('false');
    expect(isFiltered(filter)).toBe(false);
  });

  it('shows the hidden ones when they are asked for, by word or by the reason they are hidden', () => {
    const scope = readScope(params(''), NOW);
    expect(changeQuery(readChangeFilter(params('accountable=all')), scope).accountable).toBeNull();
    expect(changeQuery(readChangeFilter(params('excluded=platform')), scope).accountable).toBeNull();
  });

  it('takes several values of one name, and only words that exist', () => {
    const { values } = readChangeFilter(params('risk=high&risk=critical&risk=terrible&service=Any Service'));
    expect(values.risk).toEqual(['high', 'critical']);
    expect(values.service).toEqual(['Any Service']);
  });

  it('starts at the first page and closes the open change when it is altered', () => {
    const next = toggleFilter(params('cursor=abc&change=x&period=7d'), 'risk', 'high');
    expect(next.toString()).toBe('period=7d&risk=high');
  });

  it('is undone by pressing again', () => {
    const anyValue = fc.constantFrom('Directory', 'Architect', 'a&b=c', 'Überprüfung', '=1+1');
    fc.assert(
      fc.property(
        fc.constantFrom(...FILTER_NAMES),
        fc.uniqueArray(anyValue),
        anyValue,
        (name, set, value) => {
          const before = setFilter(params(''), name, set);
          const after = toggleFilter(toggleFilter(before, name, value), name, value);
          expect(after.getAll(name).sort()).toEqual([...set].sort());
        },
      ),
    );
  });

  it('keeps organisation, period and sort when it is cleared', () => {
    expect(clearFilters(params('period=7d&risk=high&q=dana&accountable=all&sort=oldest')).toString()).toBe(
      'period=7d&sort=oldest',
    );
  });

  it.each(QUICK_CHIPS.map((chip) => [chip.word, chip] as const))(
    'the chip %s presses in and out',
    (_word, chip) => {
      const pressed = pressChip(params('period=7d'), chip);
      expect(isPressed(readChangeFilter(pressed), chip)).toBe(true);
      expect(pressChip(pressed, chip).toString()).toBe('period=7d');
    },
  );
});
