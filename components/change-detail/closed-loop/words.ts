import type { LoopStepDto } from '@/lib/linking/contract/closed-loop';

export const STEP_WORDS = {
  review: 'Review',
  merge: 'Merge',
  apply: 'Apply',
  flow_version: 'Flow version',
  audit_record: 'Audit record',
} as const satisfies Record<LoopStepDto['step'], string>;

export const STATE_WORDS = {
  found: 'Found',
  missing: 'Missing',
  not_evaluated: 'Not evaluated',
} as const satisfies Record<LoopStepDto['state'], string>;

/** The loop in one sentence: what is missing comes first, then what nobody could look at. */
export function loopSentence(steps: readonly Pick<LoopStepDto, 'step' | 'state'>[]): string {
  const missing = steps.filter((one) => one.state === 'missing').map((one) => STEP_WORDS[one.step]);
  const unseen = steps.filter((one) => one.state === 'not_evaluated').map((one) => STEP_WORDS[one.step]);
  if (missing.length === 0 && unseen.length === 0) return 'The loop is closed: every step is found.';
  return [
    missing.length === 0 ? 'No step is missing' : `The loop is open: ${listed(missing)} missing`,
    ...(unseen.length === 0 ? [] : [`${listed(unseen)} not evaluated`]),
  ]
    .join('; ')
    .concat('.');
}

function listed(names: readonly string[]): string {
  const words = names.map((name, index) => (index === 0 ? name : name.toLowerCase()));
  const joined = words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
  return `${joined.charAt(0).toLowerCase()}${joined.slice(1)} ${words.length < 2 ? 'is' : 'are'}`;
}
