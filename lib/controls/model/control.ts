import type { Evaluated } from '@/lib/kernel/outcome';
import type { Outcome, Risk } from '@/lib/kernel/words';
import type { InputName, InputValues } from './inputs';
import type { ThresholdSpec, ThresholdValues } from './threshold';

/** One thing that a control looked at: a parameter of a setting, or one object among many. */
export type Observation = {
  /** Short name of what was looked at, such as `Minimum password length`. */
  readonly what: string;
  /** What is required, in words. */
  readonly expected: string;
  /** What is there, in words. */
  readonly actual: string;
  /** Null: it could not be told. */
  readonly ok: boolean | null;
  /** One sentence with parameter, requirement and actual value. */
  readonly sentence: string;
  /** What its finding is kept under: stable, unique within the control. */
  readonly key: string;
  /** The object it is about; null for a setting of the organisation. */
  readonly subject: { readonly type: string; readonly id: string; readonly name: string | null } | null;
  /** Graver or milder than the control as a whole. */
  readonly severity?: Risk;
};

/** What a control says of its inputs. A control with nothing to look at says so by `nothing`: a proven zero, told apart from an empty answer. */
export type Verdict =
  | {
      readonly observations: readonly Observation[];
      /** A sentence to print instead of the one made of the observations. */
      readonly sentence?: string;
      /** Rows that an auditor wants beside the outcome, such as who was granted what; not judged. */
      readonly rows?: readonly Readonly<Record<string, string | number | null>>[];
    }
  | { readonly nothing: string; readonly rows?: readonly Readonly<Record<string, string | number | null>>[] };

/** A case with its outcome; a test runs them all. */
export type ControlExample<R extends InputName> = {
  readonly name: string;
  readonly inputs: { readonly [K in R]: Evaluated<InputValues[K]> };
  readonly thresholds?: ThresholdValues;
  readonly outcome: Exclude<Outcome, 'not_applicable'>;
  /** What the sentence must say. */
  readonly says?: RegExp;
};

/** Fixed words a control is grouped by. */
export const CONTROL_AREAS = [
  'access',
  'sign_in',
  'protection',
  'logging',
  'change',
  'privacy',
  'evidence',
] as const;
export type ControlArea = (typeof CONTROL_AREAS)[number];

/** One thing that is promised: a file in `entries/` with this as its default export. Nothing else is edited to add one. */
export type Control<R extends InputName = InputName> = {
  /** The name of its file. */
  readonly id: string;
  readonly title: string;
  readonly area: ControlArea;
  /** What is promised, in one sentence an auditor can hold against a standard. */
  readonly promise: string;
  /** How grave a failing observation is, unless it says otherwise. */
  readonly severity: Risk;
  /** What to do about a failure. */
  readonly remedy: string;
  /** What cannot be told by this check, said with every result. */
  readonly limits?: string;
  /** What it looks at; with one of them missing it is not evaluated. */
  readonly requires: readonly R[];
  readonly thresholds: Readonly<Record<string, ThresholdSpec>>;
  /** Pure. What it throws makes this control not evaluated and no other. */
  readonly evaluate: (
    inputs: { readonly [K in R]: InputValues[K] },
    thresholds: ThresholdValues,
    now: Date,
  ) => Verdict;
  readonly examples: readonly ControlExample<R>[];
};

/** Checks a control's inputs against its examples and its `evaluate`, and forgets which they are, so that all stand in one list. */
export function defineControl<const R extends InputName>(control: Control<R>): Control {
  return control as unknown as Control;
}

/** A control with the SHA-256 of its file, so that an old result names the rule that made it. */
export type ResidentControl = { readonly control: Control; readonly sha256: string };
