import type { Observation } from './control';

type About = Pick<Observation, 'what' | 'key'> & Partial<Pick<Observation, 'subject' | 'severity'>>;

/** An observation in the product's one wording: parameter, actual value, requirement. `ok: null` says why it could not be told. */
export function observed(
  about: About,
  judged: { readonly expected: string; readonly actual: string; readonly ok: boolean | null },
): Observation {
  const { expected, actual, ok } = judged;
  const sentence =
    ok === null
      ? `${about.what} cannot be told: ${actual}`
      : ok
        ? `${about.what} is ${actual}, as required (${expected})`
        : `${about.what} is ${actual}, ${expected} is required`;
  return { subject: null, ...about, expected, actual, ok, sentence };
}

const NOT_STATED = 'the platform does not state it';

/** A number that must not be smaller. */
export function atLeast(about: About, actual: number | null, min: number, unit = ''): Observation {
  return observed(about, {
    expected: `at least ${withUnit(min, unit)}`,
    actual: actual === null ? NOT_STATED : withUnit(actual, unit),
    ok: actual === null ? null : actual >= min,
  });
}

/** A number that must not be greater. */
export function atMost(about: About, actual: number | null, max: number, unit = ''): Observation {
  return observed(about, {
    expected: `at most ${withUnit(max, unit)}`,
    actual: actual === null ? NOT_STATED : withUnit(actual, unit),
    ok: actual === null ? null : actual <= max,
  });
}

/** A switch that must be on. */
export function mustBeOn(about: About, actual: boolean | null): Observation {
  return observed(about, {
    expected: 'on',
    actual: actual === null ? NOT_STATED : actual ? 'on' : 'off',
    ok: actual,
  });
}

/** A count that must be zero, such as of persons' rights beyond policy. */
export function mustBeNone(
  about: About,
  count: number,
  noun: string,
  detail: string | null = null,
): Observation {
  const actual = count === 0 ? 'none' : String(count);
  const base = observed(about, { expected: 'none', actual, ok: count === 0 });
  return {
    ...base,
    sentence:
      count === 0 ? `No ${noun}` : `${count} ${noun}, none is allowed${detail === null ? '' : `; ${detail}`}`,
  };
}

/** Something that could not be told, and why. */
export function untold(about: About, expected: string, because: string): Observation {
  return observed(about, { expected, actual: because, ok: null });
}

function withUnit(value: number, unit: string): string {
  return unit === '' ? String(value) : `${value}${unit === '%' ? '' : ' '}${unit}`;
}
