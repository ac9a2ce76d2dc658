/** How numbers, shares and spans of time are written everywhere on screen. Pure; zones are always named by the caller. */
const GROUPED = new Intl.NumberFormat('en-US');

/** `1,204,331`: exact to the row. */
export function formatCount(count: number): string {
  return GROUPED.format(count);
}

/** `3.1 %`, with one decimal (two below 1 %), or `no changes` when there is nothing to divide by. */
export function formatRate(rate: number | null): string {
  if (rate === null) return 'no changes';
  const percent = rate * 100;
  if (percent === 0) return '0 %';
  if (percent < 0.01) return '< 0.01 %';
  if (percent < 1) return `${percent.toFixed(2)} %`;
  // Rounding up to 100 would say that nothing was linked when something was.
  if (percent > 99.9 && percent < 100) return '> 99.9 %';
  return percent === 100 ? '100 %' : `${percent.toFixed(1)} %`;
}

/** The difference of two rates in percentage points, `null` when either is missing. */
export function rateDelta(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : (now - before) * 100;
}

/** `37 of 1,212 changes`. */
export function formatPart(part: number, whole: number, unit: string): string {
  return `${formatCount(part)} of ${formatCount(whole)} ${plural(whole, unit)}`;
}

/** `1 change`, `2 changes`, `2 queries`. */
export function plural(count: number, unit: string): string {
  if (count === 1) return unit;
  if (/[^aeiou]y$/.test(unit)) return `${unit.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(unit) ? `${unit}es` : `${unit}s`;
}

/** `2 hours`, `1 gap`. */
export function countOf(count: number, unit: string): string {
  return `${formatCount(count)} ${plural(count, unit)}`;
}

/** `7d1f…9b01`: the middle is left out, both ends stay comparable by eye. */
export function shortenId(id: string, keep = 4): string {
  const prefix = /^[a-z]{3}_/.exec(id)?.[0] ?? '';
  const rest = id.slice(prefix.length);
  if (rest.length <= keep * 2 + 3) return id;
  return `${prefix}${rest.slice(0, keep)}…${rest.slice(-keep)}`;
}

/** A span in its two largest units: `2 d 3 h`, `4 min`, `0 s`. */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ] as const;
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first === -1) return '0 s';
  const [name, size] = units[first]!;
  const whole = Math.floor(seconds / size);
  const next = units[first + 1];
  const rest = next === undefined ? 0 : Math.floor((seconds - whole * size) / next[1]);
  return rest > 0 && next !== undefined ? `${whole} ${name} ${rest} ${next[0]}` : `${whole} ${name}`;
}

/** `unknown_entity_type` as words: `unknown entity type`. */
export function wordsOf(code: string): string {
  return code.replaceAll('_', ' ');
}

/** First letter upper case, the rest as it is. */
export function sentenceCase(text: string): string {
  return text === '' ? text : text[0]!.toUpperCase() + text.slice(1);
}
