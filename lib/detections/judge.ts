import type { Concern } from '@/lib/findings/model/concern';
import { rulesOn } from './catalogue';
import type { ChangeSubject, MoveSubject, MuteSubject, RuleContext, SilenceSubject } from './model/subject';
import { NOTHING_KNOWN } from './model/subject';

/**
 * What all rules say about moves and changes, moves first. The general rules are asked only about changes that no other
 * rule said anything about, in the same call.
 */
export function judgeActs(
  acts: { readonly moves: readonly MoveSubject[]; readonly changes: readonly ChangeSubject[] },
  context: RuleContext,
): Concern[] {
  const found: Concern[] = [];
  for (const rule of rulesOn('move')) for (const move of acts.moves) push(found, rule.judge(move, context));
  const rules = rulesOn('change');
  for (const rule of rules.filter((one) => !one.general))
    for (const change of acts.changes) push(found, rule.judge(change, context));
  const told = new Set(found.flatMap((concern) => concern.changeIds));
  for (const rule of rules.filter((one) => one.general))
    for (const change of acts.changes) if (!told.has(change.id)) push(found, rule.judge(change, context));
  return found;
}

/** What the rules about silences say. */
export function judgeSilence(silence: SilenceSubject): Concern[] {
  return rulesOn('silence').flatMap((rule) => rule.judge(silence, NOTHING_KNOWN) ?? []);
}

/** What the rules about mutes say. */
export function judgeMute(mute: MuteSubject): Concern[] {
  return rulesOn('mute').flatMap((rule) => rule.judge(mute, NOTHING_KNOWN) ?? []);
}

function push(found: Concern[], concern: Concern | null): void {
  if (concern !== null) found.push(concern);
}
