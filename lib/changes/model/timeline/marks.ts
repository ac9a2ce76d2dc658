import type { ActionKind } from './action-kind';
import type { Lane, TimelineRisk } from './lanes';

/** What composing marks needs of a change. */
export type PlacedChange = {
  readonly orgId: string;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly lane: Lane;
  readonly risk: TimelineRisk;
  readonly action: ActionKind;
  /** What was done to what kind of thing: children of one kind stand or hide together. */
  readonly kind: string;
  /** The outermost session it belongs to. */
  readonly session: string | null;
};

/** The whole of a session, also what is not of high risk. */
export type SessionSize = { readonly changes: number; readonly firstAt: number; readonly lastAt: number };

export type ComposedMark = {
  readonly key: string;
  readonly kind: 'change' | 'session';
  readonly lane: Lane;
  readonly at: number;
  readonly until: number;
  readonly risk: TimelineRisk;
  readonly action: ActionKind;
  /** Changes of the timeline that this mark alone stands for; over all marks they add up to the list. */
  readonly count: number;
  /** Changes of the session, of whatever risk; 1 for a change. */
  readonly size: number;
  /** The change that the mark tells of: itself, or the gravest and then earliest of the session. */
  readonly lead: PlacedChange;
  readonly session: string | null;
};

/** Children of a session that stand alone beside its mark: more of them would bury what they are to show. */
export const MOST_ALONE = 8;
/** From so many changes on a session is drawn though all its high-risk children stand alone. */
export const DRAWN_FROM = 20;

/**
 * The marks of a set of changes. A change without a session is a mark. A session is one mark a lane, sized by all its changes
 * and as grave as its gravest child; its gravest and rarest children stand alone as well and are then not counted in it.
 */
export function composeMarks(
  changes: readonly PlacedChange[],
  sizes: ReadonlyMap<string, SessionSize>,
): ComposedMark[] {
  const marks: ComposedMark[] = [];
  const groups = new Map<string, PlacedChange[]>();
  for (const change of changes) {
    if (change.session === null) marks.push(single(change));
    else {
      const key = `${change.orgId} ${change.session} ${change.lane}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [change]);
      else group.push(change);
    }
  }
  for (const children of groups.values()) marks.push(...sessionMarks(children, sizes));
  return marks.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}

function single(change: PlacedChange): ComposedMark {
  return {
    key: `${change.orgId} ${change.id}`,
    kind: 'change',
    lane: change.lane,
    at: change.at,
    until: change.at,
    risk: change.risk,
    action: change.action,
    count: 1,
    size: 1,
    lead: change,
    session: change.session,
  };
}

function sessionMarks(
  children: readonly PlacedChange[],
  sizes: ReadonlyMap<string, SessionSize>,
): ComposedMark[] {
  const alone = standingAlone(children);
  const rest = children.filter((child) => !alone.has(child));
  const [gravest] = [...children].sort(byGravity);
  const [lead] = rest.length === 0 ? [gravest] : [...rest].sort(byGravity);
  if (gravest === undefined || lead === undefined || lead.session === null) return [];
  const known = sizes.get(`${lead.orgId} ${lead.session}`);
  const size = Math.max(known?.changes ?? 0, children.length);
  const marks = [...alone].map(single);
  if (rest.length > 0 || size >= DRAWN_FROM) {
    const times = children.map((child) => child.at);
    marks.push({
      key: `${lead.orgId} ${lead.session} ${lead.lane}`,
      kind: 'session',
      lane: lead.lane,
      at: known?.firstAt ?? Math.min(...times),
      until: known?.lastAt ?? Math.max(...times),
      risk: gravest.risk,
      action: rest.length === 0 ? gravest.action : commonestAction(rest),
      count: rest.length,
      size,
      lead,
      session: lead.session,
    });
  }
  return marks;
}

/** Whole kinds of children, the gravest and then the rarest first, as long as they stay few. */
function standingAlone(children: readonly PlacedChange[]): Set<PlacedChange> {
  const kinds = new Map<string, PlacedChange[]>();
  for (const child of children) {
    const key = `${child.risk} ${child.kind}`;
    kinds.set(key, [...(kinds.get(key) ?? []), child]);
  }
  const inTurn = [...kinds].sort(
    ([aKey, a], [bKey, b]) => rank(b[0]) - rank(a[0]) || a.length - b.length || (aKey < bKey ? -1 : 1),
  );
  const alone = new Set<PlacedChange>();
  for (const [, kind] of inTurn) {
    if (alone.size + kind.length > MOST_ALONE) continue;
    for (const child of kind) alone.add(child);
  }
  return alone;
}

function commonestAction(children: readonly PlacedChange[]): ActionKind {
  const counts = new Map<ActionKind, number>();
  for (const { action } of children) counts.set(action, (counts.get(action) ?? 0) + 1);
  const [first] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return first?.[0] ?? 'other';
}

function byGravity(a: PlacedChange, b: PlacedChange): number {
  return rank(b) - rank(a) || a.at - b.at || (a.id < b.id ? -1 : 1);
}

function rank(change: PlacedChange | undefined): number {
  return change?.risk === 'critical' ? 1 : 0;
}
