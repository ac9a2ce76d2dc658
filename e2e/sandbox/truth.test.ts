import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeSandbox, type Sandbox } from './sandbox.ts';
import { truthOf } from './truth.ts';

const ANCHOR = Date.parse('2026-03-01T00:00:00Z');
const folders: string[] = [];

function make(parts: { seed?: number; anchor?: number; bulk?: number } = {}): Sandbox {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sandbox-test-'));
  folders.push(dataDir);
  return makeSandbox({
    seed: parts.seed ?? 1,
    anchor: parts.anchor ?? ANCHOR,
    dataDir,
    bulk: parts.bulk ?? 0,
    dwellMs: 0,
    ratePerMinute: 1000,
    faults: {},
  });
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the planted history', () => {
  const first = make();
  const truth = truthOf(first);

  it('is the same at every start', () => {
    const second = make();
    expect(JSON.stringify(second.history.planted)).toBe(JSON.stringify(first.history.planted));
    expect(second.repository.commits.map((commit) => commit.hash)).toEqual(
      first.repository.commits.map((commit) => commit.hash),
    );
  });

  it('only shifts its dates with another anchor: ids and counts stay', () => {
    const later = make({ anchor: ANCHOR + 17 * 86_400_000 });
    expect(later.history.planted.map((entry) => entry.record.id)).toEqual(
      first.history.planted.map((entry) => entry.record.id),
    );
    const moved = truthOf(later);
    expect(moved.linkage).toEqual(truth.linkage);
    expect(moved.excluded).toEqual(truth.excluded);
    expect(moved.directory).toEqual(truth.directory);
    const shift = (later.history.planted[0]?.at ?? 0) - (first.history.planted[0]?.at ?? 0);
    expect(shift).toBe(17 * 86_400_000);
  });

  it('has other ids with another seed', () => {
    expect(make({ seed: 2 }).history.planted[0]?.record.id).not.toBe(first.history.planted[0]?.record.id);
  });

  it('adds up: every record is accountable or excluded for one reason', () => {
    const excluded = Object.values(truth.excluded).reduce((sum, count) => sum + count, 0);
    expect(truth.accountable + excluded).toBe(truth.totals.records);
    const linkages = Object.values(truth.linkage).reduce((sum, count) => sum + count, 0);
    expect(linkages).toBe(truth.accountable);
    expect(truth.unlinkedChangeRate.unlinked).toBe(truth.accountable - truth.linkage.linked);
  });

  it('has the size and the shares it is meant to have', () => {
    expect(truth.totals.records).toBeGreaterThan(9_000);
    expect(truth.totals.records).toBeLessThan(12_000);
    expect((truth.totals.byLevel.SYSTEM ?? 0) / truth.totals.records).toBeGreaterThan(0.5);
    expect(truth.linkage.linked / truth.accountable).toBeGreaterThan(0.7);
    expect(truth.linkage.linked / truth.accountable).toBeLessThan(0.8);
    for (const count of Object.values(truth.linkage)) expect(count).toBeGreaterThan(10);
  });

  it('lies wholly in the ninety days before the anchor, with unique ids', () => {
    const ids = new Set(first.history.planted.map((entry) => entry.record.id));
    expect(ids.size).toBe(first.history.planted.length);
    for (const entry of first.history.planted) {
      expect(entry.at).toBeGreaterThanOrEqual(ANCHOR - 90 * 86_400_000);
      expect(entry.at).toBeLessThan(ANCHOR);
    }
  });

  it('holds the planted sessions with all their children', () => {
    const counts = Object.fromEntries(truth.groups.map((group) => [group.note.slice(0, 20), group.count]));
    expect(Object.values(counts)).toContain(1_400);
    expect(Object.values(counts)).toContain(1_000);
    const known = new Set(first.history.planted.map((entry) => entry.record.id));
    for (const group of truth.groups) for (const id of group.auditIds) expect(known.has(id)).toBe(true);
  });

  it('makes no bulk task by accident: only planted ones have twenty changes a minute apart', () => {
    const planted = new Set(truth.groups.flatMap((group) => group.auditIds));
    const byActor = new Map<string, number[]>();
    for (const { at, label, record } of first.history.planted) {
      if (!label.accountable || label.actorId === null || planted.has(record.id)) continue;
      byActor.set(label.actorId, [...(byActor.get(label.actorId) ?? []), at]);
    }
    let longest = 0;
    for (const times of byActor.values()) {
      let run = 1;
      for (let index = 1; index < times.length; index += 1) {
        run = (times[index] ?? 0) - (times[index - 1] ?? 0) <= 60_000 ? run + 1 : 1;
        longest = Math.max(longest, run);
      }
    }
    expect(longest).toBeLessThan(20);
  });

  it('makes a hundred thousand bulk records cheaply and counts them', () => {
    const begin = performance.now();
    const big = make({ bulk: 100_000 });
    expect(performance.now() - begin).toBeLessThan(3_000);
    const counts = big.store.bulk.counts();
    expect(counts.platform + counts.linked + counts.unlinked).toBe(100_000);
    const grown = truthOf(big);
    expect(grown.totals.records).toBe(truth.totals.records + 100_000);
    const days = Object.values(grown.totals.byDay).reduce((sum, count) => sum + count, 0);
    expect(days).toBe(grown.totals.records);
    expect(grown.linkage.linked).toBe(truth.linkage.linked + counts.linked);
    expect(grown.linkage.unlinked).toBe(truth.linkage.unlinked + counts.unlinked);
  });
});

describe('a mismatching commit', () => {
  it('touches other objects than the change that cites it', () => {
    const sandbox = make();
    const touched = new Map(
      sandbox.repository.commits.map((commit) => [commit.hash, commit.touches.map((object) => object.id)]),
    );
    const strays = sandbox.history.planted.filter((entry) =>
      entry.label.marks.includes('mismatch:commit-of-other-object'),
    );
    expect(strays.length).toBeGreaterThan(1);
    for (const stray of strays) {
      const cited = [...touched].find(([hash]) => hash.startsWith(stray.label.citations[0] ?? 'none'));
      expect(cited?.[1]).not.toContain(stray.label.entityId);
    }
  });
});
