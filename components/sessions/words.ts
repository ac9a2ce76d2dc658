import { typeWord } from '@/components/moves/words';
import { countOf, formatSpan } from '@/components/ui/data/format';
import type {
  SessionDto,
  SessionKind,
  SessionPart,
  SessionRule,
  SurfacedChange,
} from '@/lib/sessions/contract';

export const SESSION_KIND_WORDS = {
  cascade: 'Cascade',
  bulk: 'Bulk task',
} as const satisfies Record<SessionKind, string>;

/** The rule that put the changes together, as a filter and in the rows. */
export const SESSION_RULE_WORDS = {
  transaction: 'one transaction',
  correlation: 'one correlation id',
  related: 'related, as the platform says',
  burst: 'one actor, at most 60 s apart',
} as const satisfies Record<SessionRule, string>;

/** `Update of 940 skills`, short: `skill update`. */
export function partWord(part: Pick<SessionPart, 'entityType' | 'action'>): string {
  return `${typeWord(part.entityType)} ${typeWord(part.action)}`;
}

/** `940 skill updates`-like, for a sentence of the breakdown. */
export function partCount(part: SessionPart): string {
  return countOf(part.count, partWord(part));
}

/** From first to last: `5 min 33 s`, `one second` when all bear the same. */
export function spanOf(session: Pick<SessionDto, 'firstAt' | 'lastAt'>): string {
  const ms = Date.parse(session.lastAt) - Date.parse(session.firstAt);
  return ms < 1_000 ? 'within 1 s' : formatSpan(ms);
}

export function ownerName(session: Pick<SessionDto, 'owner'>): string {
  return session.owner.name ?? session.owner.id ?? 'no record tells who';
}

/**
 * Children of high risk that the session's own sentence does not tell already: a cascade is told by the act that began it,
 * and that often is the riskiest.
 */
export function apartFromSentence(
  session: Pick<SessionDto, 'sentence' | 'surfaced'>,
): readonly SurfacedChange[] {
  return session.surfaced.first.filter((child) => !session.sentence.startsWith(child.sentence));
}
