import { toIso } from '@/lib/kernel/instant';
import type { Evaluated } from '@/lib/kernel/outcome';
import type { Outcome } from '@/lib/kernel/words';
import type { Control, Observation } from './control';
import type { InputName, InputValues } from './inputs';
import type { ThresholdValues } from './threshold';

/** Inputs as a run has them: each known, or not evaluated with why. */
export type RunInputs = { readonly [K in InputName]?: Evaluated<unknown> };

/** Declared not applicable until an instant. */
export type NotApplicable = { readonly reason: string; readonly expiresAt: Date };

/** What a run says of one control. */
export type Judgement = {
  readonly outcome: Outcome;
  readonly because: string | null;
  readonly sentence: string;
  readonly observations: readonly Observation[];
  readonly rows: readonly Readonly<Record<string, string | number | null>>[];
};

const SAID_AT_MOST = 3;

/**
 * Holds one control against its inputs. Never throws: what the control throws is the reason why it is not evaluated. Fails when
 * one observation fails; is not evaluated when one could not be told and none fails.
 */
export function evaluateControl(
  control: Control,
  given: {
    readonly inputs: RunInputs;
    readonly thresholds: ThresholdValues;
    readonly notApplicable: NotApplicable | null;
    readonly now: Date;
  },
): Judgement {
  const { notApplicable } = given;
  if (notApplicable !== null && notApplicable.expiresAt > given.now) {
    const because = `${notApplicable.reason} (until ${toIso(notApplicable.expiresAt)})`;
    return { outcome: 'not_applicable', because, sentence: `Does not apply: ${because}`, ...NOTHING };
  }
  const missing = control.requires.flatMap((name) => {
    const input = given.inputs[name];
    return input?.kind === 'known' ? [] : [input?.because ?? `nothing supplies ${name}`];
  });
  if (missing.length > 0) return notEvaluatedBecause([...new Set(missing)].join('; '));
  try {
    return judge(control, given);
  } catch (error) {
    return notEvaluatedBecause(`the check broke: ${error instanceof Error ? error.message : 'unknown'}`);
  }
}

const NOTHING = { observations: [], rows: [] } as const;

function judge(
  control: Control,
  given: { readonly inputs: RunInputs; readonly thresholds: ThresholdValues; readonly now: Date },
): Judgement {
  const verdict = control.evaluate(valuesOf(control, given.inputs), given.thresholds, given.now);
  const rows = verdict.rows ?? [];
  if ('nothing' in verdict)
    return { outcome: 'pass', because: null, sentence: verdict.nothing, observations: [], rows };
  const { observations } = verdict;
  if (observations.length === 0) return notEvaluatedBecause('the check looked at nothing');
  const failing = observations.filter((one) => one.ok === false);
  const untold = observations.filter((one) => one.ok === null);
  const shared = { observations, rows };
  if (failing.length > 0)
    return { outcome: 'fail', because: null, sentence: verdict.sentence ?? saying(failing), ...shared };
  if (untold.length > 0) {
    const because = saying(untold);
    return { outcome: 'not_evaluated', because, sentence: `Not evaluated: ${because}`, ...shared };
  }
  const sentence = verdict.sentence ?? passing(observations);
  return { outcome: 'pass', because: null, sentence, ...shared };
}

/** The values of inputs that were found to be known. */
function valuesOf(control: Control, inputs: RunInputs): InputValues {
  const values: Record<string, unknown> = {};
  for (const name of control.requires) {
    const input = inputs[name];
    if (input?.kind === 'known') values[name] = input.value;
  }
  return values as InputValues;
}

/** Not evaluated without a look at anything. */
export function notEvaluatedBecause(because: string): Judgement {
  return { outcome: 'not_evaluated', because, sentence: `Not evaluated: ${because}`, ...NOTHING };
}

function saying(observations: readonly Observation[]): string {
  const said = observations.slice(0, SAID_AT_MOST).map((one) => one.sentence);
  const rest = observations.length - said.length;
  return `${said.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

function passing(observations: readonly Observation[]): string {
  const [first] = observations;
  return observations.length === 1 && first !== undefined
    ? first.sentence
    : `All ${observations.length} checks hold`;
}
