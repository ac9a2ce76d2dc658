import { countOf } from '@/components/ui/data/format';

/** The moves that a review policy can ask for, in words. */
export const REVIEW_APPLIES = {
  cross_division: 'Every move between divisions',
  boundary_cross: 'Moves across regions',
  restricted: 'Moves into restricted or high-security divisions',
} as const;
export type ReviewApplies = keyof typeof REVIEW_APPLIES;

export type MoveReview = { readonly days: number; readonly applies: ReviewApplies };

/** The value of `policy.moveReview`; null where it holds no such thing. */
export function readMoveReview(value: unknown): MoveReview | null {
  if (!isRecord(value) || typeof value.days !== 'number' || typeof value.applies !== 'string') return null;
  return isApplies(value.applies) ? { days: value.days, applies: value.applies } : null;
}

export function isApplies(text: string): text is ReviewApplies {
  return Object.hasOwn(REVIEW_APPLIES, text);
}

/** What the policy of reviews asks for, as a sentence. */
export function reviewSentence({ days, applies }: MoveReview): string {
  if (days === 0) return 'No division move is asked to be reviewed.';
  return `${REVIEW_APPLIES[applies]} must be reviewed within ${countOf(days, 'day')}.`;
}

const MODES: Readonly<Record<string, string>> = {
  observe: 'only note what would have been done',
  ask: 'prepare it and wait for a second person',
  act: 'carry it out at once, within the limits',
};

/** A setting's value as sentences, for the parts that read badly as JSON; null for all others. */
export function policyWords(name: string, value: unknown): readonly string[] | null {
  if (name === 'policy.moveReview') {
    const review = readMoveReview(value);
    return review === null ? null : [reviewSentence(review)];
  }
  return name === 'policy.responses' && isRecord(value) ? responseWords(value) : null;
}

function responseWords(value: Readonly<Record<string, unknown>>): readonly string[] {
  const words: string[] = [];
  const modes = isRecord(value.modes) ? Object.entries(value.modes) : [];
  for (const [rule, mode] of modes) {
    words.push(`When ${rule} finds something: ${MODES[String(mode)] ?? String(mode)}.`);
  }
  words.push(
    modes.length === 0
      ? 'For every rule: only note what would have been done.'
      : 'For every other rule: only note what would have been done.',
  );
  const { limits, approvalMinutes, breakGlass } = value;
  if (isRecord(limits)) {
    words.push(
      `At most ${String(limits.perHour)} an hour and ${String(limits.perDay)} a day are carried out.`,
    );
  }
  if (typeof approvalMinutes === 'number') {
    words.push(`An approval may be waited for ${countOf(approvalMinutes, 'minute')}; then it expires.`);
  }
  if (Array.isArray(breakGlass)) {
    words.push(
      breakGlass.length === 0
        ? 'Nobody is exempt (break glass).'
        : `Never touched (break glass): ${breakGlass.map(String).join(', ')}.`,
    );
  }
  return words;
}

/** Networks as a person types them: one a line, or divided by commas. */
export function readNetworks(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((one) => one !== ''))];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
