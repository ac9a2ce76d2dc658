import type { ListedItem, PagesRead } from './read-pages';

/** What a whole reading of one kind gave, and how far it may be trusted. */
export type Listing<Kind extends string = string> = {
  readonly kind: Kind;
  /** Each once, by id, as the platform describes it; secrets redacted. */
  readonly items: readonly ListedItem[];
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** What the platform says there are; null where it gives no total. */
  readonly expectedTotal: number | null;
  readonly totalBefore: number | null;
  readonly totalAfter: number | null;
  /** Entities seen, repetitions included. */
  readonly readCount: number;
  readonly duplicates: number;
  readonly pages: number;
  /**
   * complete: totals before, after and read agree. partial: something is missing or moved twice; nothing may be taken as gone.
   * not_evaluated: it could not be read at all.
   */
  readonly outcome: 'complete' | 'partial' | 'not_evaluated';
  readonly because?: string;
  /** Permissions to add before it can be read. */
  readonly permissions: readonly string[];
  /** What could not be read beside the main part, such as deleted divisions. */
  readonly notes: readonly string[];
};

/** Gathers the parts of a listing while they are read. */
export class ListingDraft<Kind extends string> {
  readonly #kind: Kind;
  readonly #startedAt: Date;
  readonly #items = new Map<string, ListedItem>();
  readonly #permissions = new Set<string>();
  readonly #notes: string[] = [];
  readonly #doubts: string[] = [];
  #before: number | null = 0;
  #after: number | null = 0;
  #readCount = 0;
  #duplicates = 0;
  #pages = 0;

  constructor(kind: Kind, startedAt: Date) {
    this.#kind = kind;
    this.#startedAt = startedAt;
  }

  /** Adds one part; `change` gives our item or items of each of the platform's. */
  add(read: PagesRead, change: (item: ListedItem) => readonly ListedItem[] = (item) => [item]): void {
    for (const item of read.items.values())
      for (const changed of change(item)) this.#items.set(changed.id, changed);
    this.#before = sum(this.#before, read.totalBefore);
    this.#after = sum(this.#after, read.totalAfter);
    this.#readCount += read.readCount;
    this.#duplicates += read.duplicates;
    this.#pages += read.pages;
    if (read.doubt !== null) this.#doubts.push(read.doubt);
  }

  /** A reading less what the draft holds already. Its totals shrink with it, for they count the same things twice. */
  unknownOf(read: PagesRead): PagesRead {
    const items = new Map([...read.items].filter(([id]) => !this.#items.has(id)));
    const known = read.items.size - items.size;
    const less = (total: number | null) => (total === null ? null : Math.max(0, total - known));
    return {
      ...read,
      items,
      readCount: read.readCount - known,
      totalBefore: less(read.totalBefore),
      totalAfter: less(read.totalAfter),
    };
  }

  addItem(item: ListedItem): void {
    this.#items.set(item.id, item);
    this.#readCount++;
  }

  doubt(because: string): void {
    this.#doubts.push(because);
  }

  note(text: string): void {
    this.#notes.push(text);
  }

  needs(permissions: readonly string[]): void {
    for (const permission of permissions) this.#permissions.add(permission);
  }

  /** Totals of nested listings count pairs; where our items are cut finer, they are no expectation. */
  withoutTotals(): void {
    this.#before = null;
    this.#after = null;
  }

  finish(at: Date): Listing<Kind> {
    const nothing = this.#pages === 0 && this.#items.size === 0;
    const outcome = this.#doubts.length === 0 ? 'complete' : nothing ? 'not_evaluated' : 'partial';
    return {
      kind: this.#kind,
      items: [...this.#items.values()],
      startedAt: this.#startedAt,
      finishedAt: at,
      expectedTotal: nothing ? null : (this.#after ?? this.#before),
      totalBefore: nothing ? null : this.#before,
      totalAfter: nothing ? null : this.#after,
      readCount: this.#readCount,
      duplicates: this.#duplicates,
      pages: this.#pages,
      outcome,
      ...(this.#doubts.length > 0 ? { because: [...new Set(this.#doubts)].slice(0, 5).join('; ') } : {}),
      permissions: [...this.#permissions],
      notes: this.#notes,
    };
  }
}

/** Two readings of a list that moved during both: everything either saw, for nothing may be taken as gone. */
export function unite(first: PagesRead, second: PagesRead): PagesRead {
  return { ...second, items: new Map([...first.items, ...second.items]), pages: first.pages + second.pages };
}

function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
