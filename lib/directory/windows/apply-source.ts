import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import { newId } from '@/lib/kernel/ids';
import type { WindowDefinition, WindowVersion } from '../model/window/window';
import { keepReading, loadReadings, type ReadSource } from '../store/calendar-readings';
import { definitionText, insertVersion, loadWindowVersions, lockCalendar } from '../store/window-versions';
import type { By } from './change-window';
import { checkedDefinition } from './check-definition';

/** A window as its source says it. */
export type SourceWindow = WindowDefinition & {
  /** How the source calls it; the same as long as it is the same window. */
  readonly sourceKey: string;
  readonly url: string | null;
  /** Since when the source says it holds; null where it does not tell. */
  readonly since: Date | null;
};

export type AppliedSource = {
  readonly set: number;
  readonly withdrawn: number;
  /** What could not be taken over, in sentences. */
  readonly problems: readonly string[];
};

/** For what stood in a source when it was read first and that does not tell since when. */
const FROM_THE_BEGINNING = new Date('2000-01-01T00:00:00Z');

/**
 * Makes what a source says the calendar's word: only differences are written, and what the source no longer says is withdrawn. What stood
 * there when it was read first held before that; what comes later holds from when the source says, else from now on. Journaled where
 * anything differs. Within a transaction. Applying the same twice writes nothing.
 */
export async function applySource(
  sql: Sql,
  given: {
    readonly orgId: string;
    readonly source: ReadSource;
    readonly windows: readonly SourceWindow[];
    readonly reason: string;
  },
  by: By,
): Promise<AppliedSource> {
  const { orgId, source, reason } = given;
  await lockCalendar(sql, orgId);
  const isFirst = !(await loadReadings(sql, [orgId])).some(
    (one) => one.source === source && one.firstReadAt !== null,
  );
  const last = lastBySourceKey(await loadWindowVersions(sql, orgId), source);
  const { windows, problems } = understood(given.windows);
  let set = 0;
  for (const window of windows.values()) {
    const before = last.get(window.sourceKey);
    if (before !== undefined && !before.withdrawn && definitionText(before) === definitionText(window))
      continue;
    const { since, ...definition } = window;
    await insertVersion(sql, {
      ...definition,
      orgId,
      source,
      windowId: before?.windowId ?? newId('changeWindow', by.now),
      withdrawn: false,
      effectiveFrom: effectiveFrom({ since, isFirst, before, now: by.now }),
      decidedAt: by.now,
      decidedBy: by.actor.name,
      reason,
    });
    set += 1;
  }
  const gone = [...last.values()].filter((one) => !one.withdrawn && !windows.has(one.sourceKey ?? ''));
  for (const one of gone) {
    const change = { withdrawn: true, effectiveFrom: by.now, decidedAt: by.now, decidedBy: by.actor.name };
    await insertVersion(sql, { ...one, ...change, reason: 'its source no longer says it' });
  }
  await keepReading(sql, { orgId, source, at: by.now, because: null });
  if (set + gone.length > 0) {
    await appendJournal(sql, {
      actor: by.actor,
      action: 'change_windows.applied',
      objectType: 'change_window',
      orgId,
      detail: { source, set, withdrawn: gone.length, problems },
      at: by.now,
    });
  }
  return { set, withdrawn: gone.length, problems };
}

/** Keeps that a source could not be read: what it said before stands, and since when it does not answer is shown. */
export async function noteUnreadable(
  sql: Sql,
  of: { readonly orgId: string; readonly source: ReadSource; readonly because: string; readonly now: Date },
): Promise<void> {
  await keepReading(sql, { orgId: of.orgId, source: of.source, at: of.now, because: of.because });
}

function understood(given: readonly SourceWindow[]): {
  windows: Map<string, SourceWindow>;
  problems: string[];
} {
  const windows = new Map<string, SourceWindow>();
  const problems: string[] = [];
  for (const window of given) {
    try {
      windows.set(freeKey(windows, window.sourceKey), {
        ...checkedDefinition(window),
        sourceKey: freeKey(windows, window.sourceKey),
      });
    } catch (thrown) {
      // One window that cannot be read spoils only itself; it is named in the journal and in the answer.
      problems.push(`${window.name}: ${thrown instanceof Error ? thrown.message : 'cannot be read'}`);
    }
  }
  return { windows, problems };
}

/** Two windows of one name are two windows. */
function freeKey(taken: ReadonlyMap<string, unknown>, key: string): string {
  let free = key;
  for (let copy = 2; taken.has(free); copy += 1) free = `${key} (${copy})`;
  return free;
}

function effectiveFrom(of: {
  since: Date | null;
  isFirst: boolean;
  before: WindowVersion | undefined;
  now: Date;
}): Date {
  const { since, isFirst, before, now } = of;
  const told = since ?? (isFirst && before === undefined ? FROM_THE_BEGINNING : now);
  const notBefore = before === undefined ? told : told > before.effectiveFrom ? told : now;
  return notBefore < now ? notBefore : now;
}

function lastBySourceKey(versions: readonly WindowVersion[], source: ReadSource): Map<string, WindowVersion> {
  const last = new Map<string, WindowVersion>();
  for (const version of versions)
    if (version.source === source && version.sourceKey !== null) last.set(version.sourceKey, version);
  return last;
}
