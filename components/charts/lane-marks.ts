import type { ChangeDto } from '@/lib/changes/contract';
import { type ActionKind, actionKindOf } from '@/lib/changes/model/timeline/action-kind';
import { RISKS, type Risk } from '@/lib/kernel/words';

export type Lane = 'planned' | 'ad_hoc' | 'not_applicable';

/** Changes of one lane that stand too close together to be drawn apart. */
export type LaneMark = {
  readonly key: string;
  readonly lane: Lane;
  readonly at: number;
  readonly count: number;
  /** The highest in the group: a critical change never hides among lower ones. */
  readonly risk: Risk;
  /** Of the change that gave the risk. */
  readonly shape: ActionKind;
  readonly sentence: string;
};

type Drawn = Pick<ChangeDto, 'id' | 'eventDate' | 'planning' | 'action' | 'entityType' | 'sentence'> & {
  readonly risk: { readonly level: Risk };
};

/** Groups changes into marks, at most `columns` per lane over `[from, to)`; sums of marks equal the changes in range. */
export function laneMarks(changes: readonly Drawn[], from: number, to: number, columns: number): LaneMark[] {
  const width = (to - from) / columns;
  const groups = new Map<string, Drawn[]>();
  for (const change of changes) {
    const at = Date.parse(change.eventDate);
    if (at < from || at >= to) continue;
    const key = `${laneOf(change)} ${Math.floor((at - from) / width)}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups].map(([key, group]) => {
    const highest = group.reduce((best, one) => (rank(one) > rank(best) ? one : best));
    return {
      key,
      lane: laneOf(highest),
      at: group.reduce((sum, one) => sum + Date.parse(one.eventDate), 0) / group.length,
      count: group.length,
      risk: highest.risk.level,
      shape: actionKindOf(highest.action, highest.entityType),
      sentence: highest.sentence,
    };
  });
}

function laneOf(change: Drawn): Lane {
  if (change.planning === 'ad_hoc' || change.planning === 'not_applicable') return change.planning;
  return 'planned';
}

function rank(change: Drawn): number {
  return RISKS.indexOf(change.risk.level);
}
