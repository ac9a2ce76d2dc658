type Version<T> = { readonly at: number; readonly value: T | null };

/** Before all history: objects that were always there begin here. */
export const ALWAYS = Number.NEGATIVE_INFINITY;

/**
 * Objects of one kind as versions over time. The directory endpoints answer from here as of any instant, so that a test
 * can take a snapshot "yesterday", rename or delete, and take another.
 */
export class Timeline<T> {
  private readonly items = new Map<string, Version<T>[]>();

  /** Writes a version valid from `at`; null means gone from then on. Versions may be written in any order. */
  set(id: string, at: number, value: T | null): void {
    const versions = this.items.get(id) ?? [];
    const later = versions.findIndex((version) => version.at > at);
    const entry = { at, value };
    if (later < 0) versions.push(entry);
    else versions.splice(later, 0, entry);
    this.items.set(id, versions);
  }

  /** Changes some fields from `at` on, later versions included, and answers the version at that instant. */
  patch(id: string, at: number, change: Partial<T>): T {
    const before = this.get(id, at);
    if (before === null) throw new Error(`cannot patch ${id}: it does not exist then`);
    const versions = this.items.get(id) ?? [];
    const kept = versions.map((version) =>
      version.at > at && version.value !== null
        ? { at: version.at, value: { ...version.value, ...change } }
        : version,
    );
    this.items.set(id, kept);
    const after = { ...before, ...change };
    this.set(id, at, after);
    return after;
  }

  get(id: string, at: number): T | null {
    const versions = this.items.get(id) ?? [];
    for (let index = versions.length - 1; index >= 0; index -= 1) {
      const version = versions[index];
      if (version && version.at <= at) return version.value;
    }
    return null;
  }

  /** The last value an object ever had up to an instant, also when it is gone. */
  last(id: string, at: number): T | null {
    const versions = this.items.get(id) ?? [];
    for (let index = versions.length - 1; index >= 0; index -= 1) {
      const version = versions[index];
      if (version && version.at <= at && version.value !== null) return version.value;
    }
    return null;
  }

  list(at: number): T[] {
    const found: T[] = [];
    for (const id of this.items.keys()) {
      const value = this.get(id, at);
      if (value !== null) found.push(value);
    }
    return found;
  }

  /** Objects that existed before an instant and are gone at it, with their last value. */
  gone(at: number): T[] {
    const found: T[] = [];
    for (const id of this.items.keys()) {
      if (this.get(id, at) !== null) continue;
      const value = this.last(id, at);
      if (value !== null) found.push(value);
    }
    return found;
  }

  ids(): string[] {
    return [...this.items.keys()];
  }

  versions(id: string): readonly Version<T>[] {
    return this.items.get(id) ?? [];
  }
}
