/** What a threshold may be set to. */
export type ThresholdValue = number | boolean | string;
export type ThresholdValues = Readonly<Record<string, ThresholdValue>>;

/** One parameter that a control is judged by. */
export type ThresholdSpec = {
  readonly title: string;
  /** Why the default is what it is, such as the requirement it comes from. */
  readonly why?: string;
} & (
  | {
      readonly kind: 'number';
      readonly default: number;
      readonly min: number;
      readonly max: number;
      /** `days`, `characters`, `seconds`, `%`. */
      readonly unit: string;
    }
  | { readonly kind: 'flag'; readonly default: boolean }
  | { readonly kind: 'choice'; readonly default: string; readonly options: readonly string[] }
);

/** Why a value cannot be a threshold, as a sentence; null when it can. */
export function refuseThreshold(spec: ThresholdSpec, value: unknown): string | null {
  if (spec.kind === 'flag')
    return typeof value === 'boolean' ? null : `${spec.title} is either true or false.`;
  if (spec.kind === 'choice')
    return typeof value === 'string' && spec.options.includes(value)
      ? null
      : `${spec.title} is one of ${spec.options.join(', ')}.`;
  if (typeof value !== 'number' || !Number.isFinite(value)) return `${spec.title} is a number.`;
  return value >= spec.min && value <= spec.max
    ? null
    : `${spec.title} lies between ${spec.min} and ${spec.max} ${spec.unit}.`;
}

/** What each threshold is where nobody set another. */
export function defaultThresholds(specs: Readonly<Record<string, ThresholdSpec>>): ThresholdValues {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.default]));
}

/** A number among thresholds. Throws a TypeError where there is none: the control reads what it did not declare. */
export function numberOf(thresholds: ThresholdValues, name: string): number {
  const value = thresholds[name];
  if (typeof value !== 'number') throw new TypeError(`threshold ${name} is no number`);
  return value;
}

/** A flag among thresholds. Throws a TypeError where there is none. */
export function flagOf(thresholds: ThresholdValues, name: string): boolean {
  const value = thresholds[name];
  if (typeof value !== 'boolean') throw new TypeError(`threshold ${name} is no flag`);
  return value;
}

/** A word among thresholds. Throws a TypeError where there is none. */
export function wordOf(thresholds: ThresholdValues, name: string): string {
  const value = thresholds[name];
  if (typeof value !== 'string') throw new TypeError(`threshold ${name} is no word`);
  return value;
}
