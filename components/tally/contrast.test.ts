import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(path.join(import.meta.dirname, '../../app/globals.css'), 'utf8');
const themes = { light: tokensOf(':root'), dark: tokensOf('.dark') };

/** Everything that text is ever written in, and everything it stands on. */
const TEXT = ['ink', 'muted', 'accent', 'linked', 'late', 'outside', 'mismatch', 'unlinked', 'idle'] as const;
const GROUNDS = ['paper', 'surface'] as const;
/** Softer grounds carry only these. */
const ON_SOFT: readonly (readonly [text: string, ground: string])[] = [
  ['on-accent', 'accent'],
  ['ink', 'accent-soft'],
  ['accent', 'accent-soft'],
  ['muted', 'accent-soft'],
  ['ink', 'warn-soft'],
  ['late', 'warn-soft'],
  ['muted', 'bad-soft'],
  ['ink', 'bad-soft'],
  ['unlinked', 'bad-soft'],
  ['ink', 'sunken'],
  ['muted', 'sunken'],
  ['accent', 'sunken'],
  ['linked', 'sunken'],
  ['late', 'sunken'],
  ['outside', 'sunken'],
  ['mismatch', 'sunken'],
  ['unlinked', 'sunken'],
  ['idle', 'sunken'],
  ['linked', 'accent-soft'],
  ['late', 'accent-soft'],
  ['idle', 'accent-soft'],
  ['outside', 'accent-soft'],
  ['mismatch', 'accent-soft'],
  ['unlinked', 'accent-soft'],
  ['paper', 'ink'],
];

describe.each(['light', 'dark'] as const)('%s theme', (name) => {
  const theme = themes[name];
  const pairs = [...GROUNDS.flatMap((ground) => TEXT.map((text) => [text, ground] as const)), ...ON_SOFT];

  it.each(pairs)('%s can be read on %s (4.5 or better)', (text, ground) => {
    expect(contrast(colour(theme, text), colour(theme, ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(GROUNDS)('the edge of a control can be seen on %s (3 or better)', (ground) => {
    expect(contrast(colour(theme, 'line-strong'), colour(theme, ground))).toBeGreaterThanOrEqual(3);
  });
});

it('both themes set the same values', () => {
  expect([...themes.dark.keys()].sort()).toEqual([...themes.light.keys()].sort());
});

function tokensOf(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]));
}

function colour(theme: Map<string, string>, name: string): string {
  const value = theme.get(name);
  if (value === undefined) throw new Error(`the theme has no ${name}`);
  return value;
}

/** WCAG 2.2 contrast ratio of two hex colours. */
function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
