/** Parts that a rule of a window may have (RFC 5545, 3.3.10). Without BYSECOND: windows begin on whole minutes. */
const PARTS = new Set([
  'FREQ',
  'INTERVAL',
  'COUNT',
  'UNTIL',
  'BYHOUR',
  'BYMINUTE',
  'BYDAY',
  'BYMONTHDAY',
  'BYYEARDAY',
  'BYWEEKNO',
  'BYMONTH',
  'BYSETPOS',
  'WKST',
]);
const FREQUENCIES = new Set(['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY']);
/** Occurrences that COUNT may ask for: they are counted from the first one, whichever is looked for. */
export const MAX_COUNT = 1_000;
const MAX_INTERVAL = 1_000;

/** Starts that a rule may give in one day: one an hour. */
const MAX_STARTS_PER_DAY = 24;

export type Rule = {
  /** In capitals, without its name and without blanks. */
  readonly text: string;
  /** The text without COUNT and UNTIL: what it gives if it never ends. */
  readonly endless: string;
  readonly count: number | null;
  readonly until: string | null;
};

/**
 * The rule that a text is; or why it cannot be one, in a sentence. Rules that open more often than once an hour are refused: such a window is
 * always open, and an endless list to expand.
 */
export function readRule(given: string): Rule | { readonly problem: string } {
  const text = given
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .replace(/\s+/g, '')
    .replace(/;$/, '');
  const parts = new Map<string, string>();
  for (const part of text.split(';')) {
    const [name = '', value = '', ...more] = part.split('=');
    if (value === '' || more.length > 0)
      return { problem: `${part || 'An empty part'} is no part of a rule, such as BYDAY=MO.` };
    if (parts.has(name)) return { problem: `${name} stands twice.` };
    if (!PARTS.has(name)) return { problem: `${name} is not known, or not allowed for windows.` };
    parts.set(name, value);
  }
  const problem = frequencyProblem(parts) ?? endProblem(parts) ?? densityProblem(parts);
  if (problem !== null) return { problem };
  const endless = [...parts].filter(([name]) => name !== 'COUNT' && name !== 'UNTIL');
  return {
    text,
    endless: endless.map(([name, value]) => `${name}=${value}`).join(';'),
    count: parts.has('COUNT') ? Number(parts.get('COUNT')) : null,
    until: parts.get('UNTIL') ?? null,
  };
}

type Parts = ReadonlyMap<string, string>;

function frequencyProblem(parts: Parts): string | null {
  const frequency = parts.get('FREQ');
  if (frequency === undefined) return 'FREQ is missing, such as FREQ=WEEKLY.';
  if (frequency === 'SECONDLY' || frequency === 'MINUTELY')
    return `FREQ=${frequency} is finer than a window can be; the finest is HOURLY.`;
  if (!FREQUENCIES.has(frequency)) return `FREQ=${frequency} is no frequency.`;
  return isWhole(parts.get('INTERVAL') ?? '1', MAX_INTERVAL)
    ? null
    : `INTERVAL must lie between 1 and ${MAX_INTERVAL}.`;
}

function endProblem(parts: Parts): string | null {
  const until = parts.get('UNTIL');
  if (parts.has('COUNT') && until !== undefined) return 'COUNT and UNTIL cannot both be given.';
  if (!isWhole(parts.get('COUNT') ?? '1', MAX_COUNT)) return `COUNT must lie between 1 and ${MAX_COUNT}.`;
  if (until !== undefined && !/^\d{8}(T\d{6}Z)?$/.test(until))
    return 'UNTIL must be a day such as 20261231, or an instant in UTC such as 20261231T220000Z.';
  return null;
}

function densityProblem(parts: Parts): string | null {
  const listed = (name: string) => parts.get(name)?.split(',').length ?? 1;
  const hours = parts.get('FREQ') === 'HOURLY' && !parts.has('BYHOUR') ? 24 : listed('BYHOUR');
  return hours * listed('BYMINUTE') > MAX_STARTS_PER_DAY
    ? `It would open more than ${MAX_STARTS_PER_DAY} times a day.`
    : null;
}

function isWhole(text: string, most: number): boolean {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= 1 && value <= most;
}
