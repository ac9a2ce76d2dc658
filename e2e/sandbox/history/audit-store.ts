import type { BulkRecords } from './bulk.ts';
import { byTime } from './history.ts';
import type { AuditRecord, Planted } from './record.ts';

/** A position in the store: planted records count from 0 up, bulk records from -1 down. */
type Reference = { readonly at: number; readonly key: number };

export type Selection = {
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly matches: ((record: AuditRecord) => boolean) | null;
  readonly hidden: ReadonlySet<string>;
};

/** All audit records of the organisation, planted, bulk, appended and live, in the order of event time. */
export class AuditStore {
  readonly bulk: BulkRecords;
  private records: Planted[];

  constructor(planted: readonly Planted[], bulk: BulkRecords) {
    this.records = [...planted];
    this.bulk = bulk;
  }

  /** Adds records made later than the history: live acts and appended ones. */
  add(more: readonly Planted[]): void {
    this.records = [...this.records, ...more].sort(byTime);
  }

  get size(): number {
    return this.records.length + this.bulk.count;
  }

  /** The records of [from, to) that are visible now, oldest first, each made only when it is asked for. */
  select(selection: Selection): (() => Planted)[] {
    const { from, to, now, matches, hidden } = selection;
    const found: (Reference & { make: () => Planted })[] = [];
    for (let index = this.lowest(from); index < this.records.length; index += 1) {
      const planted = this.records[index];
      if (planted === undefined || planted.at >= to) break;
      if (planted.visibleAt > now || hidden.has(planted.record.id)) continue;
      if (matches === null || matches(planted.record))
        found.push({ at: planted.at, key: index, make: () => planted });
    }
    const { first, end } = this.bulk.range(from, to);
    for (let index = first; index < end; index += 1) {
      if (matches !== null && !matches(this.bulk.make(index).record)) continue;
      found.push({ at: this.bulk.at(index), key: -1 - index, make: () => this.bulk.make(index) });
    }
    if (end > first) found.sort((left, right) => left.at - right.at || left.key - right.key);
    return found.map((entry) => entry.make);
  }

  find(id: string): Planted | null {
    return this.records.find((planted) => planted.record.id === id) ?? null;
  }

  *all(): Generator<Planted> {
    yield* this.records;
    for (let index = 0; index < this.bulk.count; index += 1) yield this.bulk.make(index);
  }

  private lowest(instant: number): number {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.records[middle]?.at ?? 0) < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
