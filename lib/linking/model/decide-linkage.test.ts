import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Ticket } from '@/lib/connectors/model/ticket';
import { addMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/kernel/instant';
import type { Citation } from './citation';
import { type Claim, LINKAGE_ORDER } from './claim';
import { decideLinkage } from './decide-linkage';
import { judgeClaim } from './judge-claim';

const AT = new Date('2026-11-20T10:00:00Z');
const NOW = new Date('2026-11-30T00:00:00Z');
const TARGET = 'c0000000-0000-4000-8000-000000000003';
const OTHER = 'c0000000-0000-4000-8000-000000000004';
const change = { at: AT, entityId: TARGET, entityType: 'Queue', entityNames: ['EMEA Sales'] };

function ticket(more: Partial<Ticket> = {}): Ticket {
  return {
    system: 'servicenow',
    key: 'CHG0031001',
    title: null,
    type: 'normal',
    emergency: false,
    createdAt: addMs(AT, -24 * HOUR_MS),
    firstStatus: 'New',
    statusSteps: [],
    decisions: [],
    window: null,
    objects: [],
    otherIds: [],
    url: null,
    ...more,
  };
}

function cite(reference: string, byItem = false): Citation {
  return {
    kind: 'servicenow',
    reference,
    project: null,
    certain: true,
    ...(byItem ? { foundBy: 'configuration_item' as const } : {}),
  };
}

function claimOf(one: Ticket, now = NOW, byItem = false): Claim | null {
  return judgeClaim(cite(one.key, byItem), { kind: 'ticket', ticket: one }, { change, now });
}

const instantAround = fc.integer({ min: -3 * 3_600, max: 3 * 3_600 }).map((s) => addMs(AT, s * SECOND_MS));
const decision = fc.record({
  at: instantAround,
  verdict: fc.constantFrom('approved', 'withdrawn', 'rejected', 'cancelled'),
  by: fc.constant('Priya Nair'),
  basis: fc.constant('sys_audit'),
} as const);
const anyTicket = fc
  .record({
    key: fc.integer({ min: 1_000_000, max: 9_999_999 }).map((n) => `CHG${n}`),
    decisions: fc
      .array(decision, { maxLength: 4 })
      .map((all) => [...all].sort((a, b) => a.at.getTime() - b.at.getTime())),
    window: fc.option(
      fc.tuple(instantAround, fc.integer({ min: 1, max: 4 * 60 })).map(([from, minutes]) => ({
        from,
        to: addMs(from, minutes * MINUTE_MS),
      })),
    ),
    objects: fc.constantFrom<readonly string[]>([], [TARGET], [OTHER]),
  })
  .map((parts) => ticket(parts));
const claims = fc.array(anyTicket, { maxLength: 6 }).map((all) => all.flatMap((one) => claimOf(one) ?? []));

describe('several links', () => {
  test('X4: the best decides and all are kept, in whatever order they come', () => {
    fc.assert(
      fc.property(claims, fc.integer(), (all, seed) => {
        const shuffled = [...all].sort((a, b) => hash(a.reference, seed) - hash(b.reference, seed));
        const verdict = decideLinkage(all);
        expect(decideLinkage(shuffled)).toEqual(verdict);
        expect(verdict.claims).toHaveLength(all.length);
        const ranks = all.map((one) => LINKAGE_ORDER.indexOf(one.status));
        if (all.length > 0) expect(LINKAGE_ORDER.indexOf(verdict.linkage)).toBe(Math.min(...ranks));
      }),
    );
  });

  test('X4: a claim that is no better never changes the verdict, and no claim makes it worse', () => {
    fc.assert(
      fc.property(claims, anyTicket, (all, one) => {
        const more = claimOf(one);
        if (more === null) return;
        const before = decideLinkage(all);
        const after = decideLinkage([...all, more]);
        const rank = (linkage: string) => LINKAGE_ORDER.indexOf(linkage as (typeof LINKAGE_ORDER)[number]);
        if (rank(more.status) > rank(before.linkage)) {
          expect(after.linkage).toBe(before.linkage);
          expect(after.reason).toBe(before.reason);
        }
        if (all.length > 0) expect(rank(after.linkage)).toBeLessThanOrEqual(rank(before.linkage));
      }),
    );
  });
});

describe('late tickets', () => {
  test('X4: what is decided after now does not exist yet: the verdict of a past day can be given again', () => {
    fc.assert(
      fc.property(anyTicket, instantAround, (one, now) => {
        const known = { ...one, decisions: one.decisions.filter((decided) => decided.at <= now) };
        expect(claimOf(one, now)).toEqual(claimOf(known, now));
      }),
    );
  });

  test('X4: an approval after the change makes it approved late at best, never linked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (seconds) => {
        const approval = { verdict: 'approved', by: null, basis: 'sys_audit' } as const;
        const late = ticket({ decisions: [{ ...approval, at: addMs(AT, seconds * SECOND_MS) }] });
        expect(claimOf(late)?.status).toBe('late_approval');
        const early = ticket({ decisions: [{ ...approval, at: addMs(AT, -seconds * SECOND_MS) }] });
        expect(claimOf(early)?.status).toBe('linked');
      }),
    );
  });

  test('X4: at the edges of a window the start counts and the end does not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: -10_000, max: 10_000 }),
        (long, at) => {
          const from = addMs(AT, at * SECOND_MS);
          const window = { from, to: addMs(from, long * SECOND_MS) };
          const approved = ticket({
            window,
            decisions: [{ at: addMs(AT, -HOUR_MS * 5), verdict: 'approved', by: null, basis: 'sys_audit' }],
          });
          expect(claimOf(approved)?.status).toBe(at <= 0 && at + long > 0 ? 'linked' : 'outside_window');
        },
      ),
    );
  });
});

describe('configuration items', () => {
  const approved = { at: addMs(AT, -HOUR_MS), verdict: 'approved', by: null, basis: 'sys_audit' } as const;
  const window = { from: addMs(AT, -HOUR_MS), to: addMs(AT, HOUR_MS) };

  test('X4: an item alone speaks only for its object, and only while its request is in force', () => {
    fc.assert(
      fc.property(anyTicket, (one) => {
        const claim = claimOf(one, NOW, true);
        if (claim === null) return;
        expect(claim.namesTarget).toBe(true);
        expect(['linked', 'late_approval']).toContain(claim.status);
        expect(claim.confidence).toBeLessThanOrEqual(0.6);
        expect(one.window !== null && one.window.from <= AT && AT < one.window.to).toBe(true);
      }),
    );
  });

  test.each([
    ['by its id, whatever its dashes', { objects: [TARGET.replaceAll('-', '').toUpperCase()] }, 'linked'],
    ['by the name it bore', { objects: ['7f3c0000aa'], itemName: 'EMEA Sales' }, 'linked'],
    ['not by another name', { objects: ['7f3c0000aa'], itemName: 'US Sales' }, null],
    ['not when nobody approved it', { objects: [TARGET], decisions: [] }, null],
    [
      'not in another window',
      { objects: [TARGET], window: { from: addMs(AT, 1_000), to: addMs(AT, 2_000) } },
      null,
    ],
    [
      'not in state Implement outside its window',
      {
        objects: [TARGET],
        window: { from: addMs(AT, -2_000), to: AT },
        statusSteps: [{ at: addMs(AT, -1_000), to: 'Implement', by: null }],
      },
      null,
    ],
    [
      'in state Implement without a window',
      {
        objects: [TARGET],
        window: null,
        statusSteps: [{ at: addMs(AT, -1_000), to: 'Implement', by: null }],
      },
      'linked',
    ],
  ])('%s', (_, more, status) => {
    const one = ticket({ decisions: [approved], window, ...more });
    expect(claimOf(one, NOW, true)?.status ?? null).toBe(status);
  });

  test('a ticket that is gone is judged by what was read of it, less surely', () => {
    const one = ticket({ decisions: [approved], window, objects: [TARGET] });
    const there = claimOf(one);
    const gone = judgeClaim(cite(one.key), { kind: 'gone', ticket: one, readAt: AT }, { change, now: NOW });
    expect(gone?.status).toBe('linked');
    expect(gone?.confidence).toBeLessThan(there?.confidence ?? 0);
    expect(gone?.reasons.at(-1)).toMatch(/^it is not there any more/);
  });
});

function hash(text: string, seed: number): number {
  let sum = seed;
  for (const letter of text) sum = (sum * 31 + letter.charCodeAt(0)) | 0;
  return sum;
}
