import { RISKS, type Risk } from '@/lib/kernel/words';

/** The number a severity is stored and compared as: 1 low to 4 critical. */
export function severityNumber(severity: Risk): number {
  return RISKS.indexOf(severity) + 1;
}

/** The severity of a stored number. Throws a RangeError outside 1 to 4. */
export function severityOf(number: number): Risk {
  const severity = RISKS[number - 1];
  if (severity === undefined) throw new RangeError(`${number} is no severity`);
  return severity;
}

/** Whether `severity` is at least as grave as `floor`. */
export function atLeast(severity: Risk, floor: Risk): boolean {
  return severityNumber(severity) >= severityNumber(floor);
}

/** The graver of two. */
export function graver(a: Risk, b: Risk): Risk {
  return atLeast(a, b) ? a : b;
}
