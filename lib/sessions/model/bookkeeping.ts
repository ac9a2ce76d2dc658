import { contains, floorToHour, type Interval } from '@/lib/kernel/instant';
import type { BulkTask } from './bulk-task';
import type { Stretch } from './find-runs';
import type { Cascade } from './group-cascades';
import { changeIdIn, type LightChange } from './light-change';

/** What is known of a range of hours and of everything that its changes may belong to. */
export type Known = {
  /** Whole hours: everything in them is decided. */
  readonly range: Interval;
  /** Changes of the range, and all changes elsewhere that share a transaction, correlation chain or act with them. */
  readonly changes: readonly LightChange[];
  /** Accountable changes outside the range that runs of the range may reach, and that no bulk task holds. */
  readonly context: readonly LightChange[];
  /** Hours outside the range of the bulk tasks that runs of the range may reach, each with the stream of its task. */
  readonly stretches: readonly (Stretch & { readonly stream: string })[];
};

export type Assignment = { readonly change: LightChange; readonly sessionId: string | null };
/** Changes of a session in hours that were not read, given to another session or to none. Both ends included. */
export type Move = { readonly from: string; readonly to: string | null; readonly within: Interval };
/** A cascade with the bulk task it is a step of; `undefined` leaves that as it is. */
export type NestedCascade = { readonly cascade: Cascade; readonly parentId: string | null | undefined };

export type Decided = {
  readonly cascades: readonly NestedCascade[];
  readonly tasks: readonly BulkTask[];
  /** Parents of cascades that the range does not touch. */
  readonly adopted: readonly { readonly cascadeId: string; readonly parentId: string | null }[];
  /** Only those that differ from what is held. */
  readonly assignments: readonly Assignment[];
  readonly moves: readonly Move[];
  /** Hours that bulk tasks lost to another, or altogether. */
  readonly left: readonly { readonly sessionId: string; readonly hour: Date }[];
  /** Sessions that are no more, and which took up their changes. */
  readonly gone: readonly { readonly id: string; readonly successor: string | null }[];
  /** Hours outside the range whose parts changed, by session. */
  readonly touched: readonly { readonly sessionId: string; readonly hour: Date }[];
  /** Hours outside the range that have to be decided again. */
  readonly again: readonly Date[];
};

/** Holds what was decided against what was held before, and says what differs. */
export class Bookkeeping {
  private readonly known: Known;
  private readonly cascades: readonly Cascade[];
  private readonly byChange = new Map<string, Cascade>();
  private readonly decidedIds = new Set<string>();
  private readonly tasks: BulkTask[] = [];
  private readonly parents = new Map<string, string | null>();
  private readonly wanted = new Map<string, Assignment>();
  private readonly moved: { stretch: Stretch; to: string | null }[] = [];

  constructor(known: Known, cascades: readonly Cascade[]) {
    this.known = known;
    this.cascades = cascades;
    for (const cascade of cascades)
      for (const change of cascade.changes) {
        this.byChange.set(change.id, cascade);
        this.assign(change, cascade.id);
      }
    for (const change of known.changes) {
      this.decidedIds.add(change.id);
      if (this.byChange.has(change.id)) continue;
      // Elsewhere only what left its cascade is touched; whether a burst takes it up is for its own hour.
      if (contains(known.range, change.at) || change.held?.kind === 'cascade') this.assign(change, null);
    }
  }

  cascadeOf(changeId: string): Cascade | undefined {
    return this.byChange.get(changeId);
  }

  /** Whether the cascade of this change, or that it has none, is decided here. */
  isDecided(changeId: string): boolean {
    return this.decidedIds.has(changeId);
  }

  addTask(task: BulkTask): void {
    this.tasks.push(task);
  }

  assign(change: LightChange, sessionId: string | null): void {
    this.wanted.set(change.id, { change, sessionId });
  }

  nest(cascadeId: string, parentId: string | null): void {
    this.parents.set(cascadeId, parentId);
  }

  moveStretch(stretch: Stretch, to: string | null): void {
    this.moved.push({ stretch, to });
  }

  decided(): Decided {
    const assignments = [...this.wanted.values()].filter(
      ({ change, sessionId }) => (change.held?.sessionId ?? null) !== sessionId,
    );
    const own = new Set(this.cascades.map((cascade) => cascade.id));
    return {
      cascades: this.cascades.map((cascade) => ({ cascade, parentId: this.parentOf(cascade) })),
      tasks: this.tasks,
      adopted: [...this.parents]
        .filter(([cascadeId]) => !own.has(cascadeId))
        .map(([cascadeId, parentId]) => ({ cascadeId, parentId })),
      assignments,
      moves: this.moves(),
      left: this.moved
        .filter(({ stretch, to }) => stretch.sessionId !== to)
        .map(({ stretch: { sessionId, hour } }) => ({ sessionId, hour })),
      gone: this.gone(),
      touched: this.touched(assignments),
      again: this.again(assignments),
    };
  }

  private parentOf(cascade: Cascade): string | null | undefined {
    const parentId = this.parents.get(cascade.id);
    if (parentId !== undefined) return parentId;
    return cascade.step === null || contains(this.known.range, cascade.step.at) ? null : undefined;
  }

  private moves(): Move[] {
    const moves = new Map<string, Move>();
    for (const { stretch, to } of this.moved) {
      if (stretch.sessionId === to) continue;
      const name = `${stretch.sessionId} ${to}`;
      const held = moves.get(name)?.within ?? { from: stretch.first.at, to: stretch.lastAt };
      const within = {
        from: stretch.first.at < held.from ? stretch.first.at : held.from,
        to: stretch.lastAt > held.to ? stretch.lastAt : held.to,
      };
      moves.set(name, { from: stretch.sessionId, to, within });
    }
    return [...moves.values()];
  }

  /** Sessions held before that nothing is any more; the one that has its first change takes its place, else the one that has most of it. */
  private gone(): Decided['gone'] {
    const live = new Set([...this.cascades, ...this.tasks].map((session) => session.id));
    const heirs = new Map<string, Map<string, number>>();
    const count = (id: string, to: string | null, weight: number): void => {
      const counts = heirs.get(id) ?? new Map<string, number>();
      heirs.set(id, counts);
      if (to !== null) counts.set(to, (counts.get(to) ?? 0) + weight);
    };
    for (const { change, sessionId } of this.wanted.values()) {
      const { held } = change;
      if (held === null || !this.answersFor(change)) continue;
      const heir =
        held.kind === 'bulk' && sessionId !== null ? (this.parents.get(sessionId) ?? sessionId) : sessionId;
      count(held.sessionId, heir, changeIdIn(held.sessionId) === change.id ? Number.MAX_SAFE_INTEGER : 1);
    }
    for (const { stretch, to } of this.moved) count(stretch.sessionId, to, stretch.steps);
    return [...heirs]
      .filter(([id]) => !live.has(id))
      .map(([id, counts]) => ({
        id,
        successor: [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? null,
      }));
  }

  /** A bulk task is decided where its changes lie in the range; a cascade wherever it was touched. */
  private answersFor(change: LightChange): boolean {
    return change.held?.kind === 'cascade'
      ? this.decidedIds.has(change.id)
      : contains(this.known.range, change.at);
  }

  private touched(assignments: readonly Assignment[]): Decided['touched'] {
    const touched = new Map<string, { sessionId: string; hour: Date }>();
    const add = (sessionId: string | null | undefined, hour: Date): void => {
      if (sessionId) touched.set(`${sessionId} ${hour.getTime()}`, { sessionId, hour });
    };
    for (const { change, sessionId } of assignments) {
      if (contains(this.known.range, change.at)) continue;
      add(sessionId, floorToHour(change.at));
      add(change.held?.sessionId, floorToHour(change.at));
    }
    for (const { stretch, to } of this.moved) {
      if (stretch.sessionId === to) continue;
      add(stretch.sessionId, stretch.hour);
      add(to, stretch.hour);
    }
    return [...touched.values()];
  }

  private again(assignments: readonly Assignment[]): Date[] {
    const hours = new Map<number, Date>();
    const add = (at: Date): void => {
      const hour = floorToHour(at);
      if (!contains(this.known.range, hour)) hours.set(hour.getTime(), hour);
    };
    for (const { change } of assignments)
      if (change.accountable && this.decidedIds.has(change.id)) add(change.at);
    for (const { step, changes } of this.cascades) {
      const before = changes.find((change) => change.held?.stepId === change.id);
      if (before?.id === step?.id) continue;
      if (step !== null) add(step.at);
      if (before !== undefined) add(before.at);
    }
    return [...hours.values()];
  }
}
