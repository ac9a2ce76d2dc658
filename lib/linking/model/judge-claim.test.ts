import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Commit } from '@/lib/connectors/model/commit';
import type { DiffObject } from '@/lib/connectors/model/objects-in-diff';
import type { Ticket, TicketDecision } from '@/lib/connectors/model/ticket';
import type { Citation } from './citation';
import type { Claim, Finding, JudgedChange } from './claim';
import { decideLinkage } from './decide-linkage';
import { judgeClaim } from './judge-claim';

const T = new Date('2026-11-20T14:22:31Z');
const NOW = new Date('2026-11-22T00:00:00Z');
const TARGET = 'c0000000-0000-4000-8000-000000000003';
const OTHER = 'c0000000-0000-4000-8000-000000000004';
const change: JudgedChange = {
  at: T,
  entityId: TARGET,
  entityType: 'Queue',
  entityNames: ['EMEA Sales Voice'],
};

function inSeconds(seconds: number): Date {
  return new Date(T.getTime() + seconds * 1000);
}

function decided(
  verdict: TicketDecision['verdict'],
  seconds: number,
  by: string | null = 'Priya Nair',
): TicketDecision {
  return { at: inSeconds(seconds), verdict, by, basis: 'changelog' };
}

function ticket(more: Partial<Ticket> = {}): Ticket {
  const base = {
    system: 'jira',
    key: 'NWC-1',
    title: 'Longer queue',
    type: 'Task',
    emergency: false,
    createdAt: inSeconds(-86_400),
    firstStatus: 'To Do',
  } as const;
  return {
    ...base,
    statusSteps: [],
    decisions: [decided('approved', -3600)],
    window: null,
    objects: [],
    otherIds: [],
    url: null,
    ...more,
  };
}

function commit(more: Partial<Commit> = {}, objects: readonly Partial<DiffObject>[] = []): Commit {
  const filled = objects.map((object) => ({
    resourceType: 'genesyscloud_routing_queue',
    entityTypes: ['Queue'],
    label: 'x',
    names: [],
    ids: [],
    ...object,
  }));
  return {
    hash: `${'a'.repeat(39)}1`,
    repository: 'cx',
    subject: 'Adjust',
    author: 'A',
    committer: 'B',
    authoredAt: inSeconds(-7200),
    committedAt: inSeconds(-3600),
    mergedAt: null,
    review: 'unknown',
    merge: { kind: 'unknown', because: 'no host answers for this repository', failed: false },
    url: null,
    diff: { kind: 'known', files: ['queues.tf'], objects: filled, looseIds: [] },
    ...more,
  };
}

const citation: Citation = { kind: 'jira', reference: 'NWC-1', project: 'NWC', certain: true };

function judged(finding: Finding, cited: Citation = citation): Claim | null {
  return judgeClaim(cited, finding, { change, now: NOW });
}

function verdictOf(made: Ticket): [string | undefined, string | null | undefined] {
  const claim = judged({ kind: 'ticket', ticket: made });
  return [claim?.status, claim?.reason];
}

describe('a ticket judged as of the change', () => {
  const hours = (from: number, to: number) => ({ from: inSeconds(from), to: inSeconds(to) });
  it.each<[string, Ticket, string, string | null]>([
    ['R5: approved before the change is linked', ticket(), 'linked', null],
    [
      'R5: approved in the very second of the change counts as before',
      ticket({ decisions: [decided('approved', 0)] }),
      'linked',
      null,
    ],
    [
      'R5: approved half a second into that second counts as before, since the platform gives whole seconds',
      ticket({ decisions: [decided('approved', 0.5)] }),
      'linked',
      null,
    ],
    [
      'X4: approved one second later is a late approval',
      ticket({ decisions: [decided('approved', 1)] }),
      'late_approval',
      'approved_after_change',
    ],
    [
      'X4: approved two hours later is a late approval',
      ticket({ decisions: [decided('approved', 7200)] }),
      'late_approval',
      'approved_after_change',
    ],
    ['never approved is a mismatch', ticket({ decisions: [] }), 'mismatch', 'never_approved'],
    [
      'an approval of the future does not exist yet',
      ticket({ decisions: [{ ...decided('approved', 0), at: new Date('2027-01-01T00:00:00Z') }] }),
      'mismatch',
      'never_approved',
    ],
    [
      'rejected before is a mismatch',
      ticket({ decisions: [decided('rejected', -1)] }),
      'mismatch',
      'rejected',
    ],
    [
      'rejected in the second of the change is a mismatch',
      ticket({ decisions: [decided('approved', -60), decided('rejected', 0)] }),
      'mismatch',
      'rejected',
    ],
    [
      'approved, then cancelled before the change is a mismatch',
      ticket({ decisions: [decided('approved', -3600), decided('cancelled', -60)] }),
      'mismatch',
      'cancelled',
    ],
    [
      'cancelled after the change was approved at the change',
      ticket({ decisions: [decided('approved', -3600), decided('cancelled', 60)] }),
      'linked',
      null,
    ],
    [
      'rejected, then approved, both before, stands approved',
      ticket({ decisions: [decided('rejected', -3600), decided('approved', -60)] }),
      'linked',
      null,
    ],
    [
      'rejected before and approved after is a mismatch',
      ticket({ decisions: [decided('rejected', -60), decided('approved', 60)] }),
      'mismatch',
      'rejected',
    ],
    [
      'an approval withdrawn before and given again after is late',
      ticket({ decisions: [decided('approved', -90), decided('withdrawn', -60), decided('approved', 60)] }),
      'late_approval',
      'approved_after_change',
    ],
    [
      'an approval withdrawn for good is a mismatch',
      ticket({ decisions: [decided('approved', -90), decided('withdrawn', -60)] }),
      'mismatch',
      'approval_withdrawn',
    ],
    ['at the start of its window is inside', ticket({ window: hours(0, 3600) }), 'linked', null],
    [
      'a second before its window is outside',
      ticket({ window: hours(1, 3600) }),
      'outside_window',
      'outside_window',
    ],
    [
      'at the end of its window is outside',
      ticket({ window: hours(-3600, 0) }),
      'outside_window',
      'outside_window',
    ],
    ['in the last second of its window is inside', ticket({ window: hours(-3600, 1) }), 'linked', null],
    [
      'late goes before window',
      ticket({ decisions: [decided('approved', 60)], window: hours(-7200, -3600) }),
      'late_approval',
      'approved_after_change',
    ],
    [
      'naming the target is linked, dashes and case aside',
      ticket({ objects: [TARGET.replaceAll('-', '').toUpperCase()] }),
      'linked',
      null,
    ],
    ['naming the target among others is linked', ticket({ objects: [OTHER, TARGET] }), 'linked', null],
    ['X4: naming only others is a mismatch', ticket({ objects: [OTHER] }), 'mismatch', 'names_other_object'],
    [
      'another id in a field of unknown meaning refuses nothing',
      ticket({ otherIds: [OTHER] }),
      'linked',
      null,
    ],
    [
      'naming only others goes before late',
      ticket({ objects: [OTHER], decisions: [decided('approved', 60)] }),
      'mismatch',
      'names_other_object',
    ],
  ])('%s', (_, made, status, reason) => expect(verdictOf(made)).toEqual([status, reason]));

  it('X4: a claim holds status and approver at the change, not of today', () => {
    const steps = [
      { at: inSeconds(-7200), to: 'Approved', by: 'Priya Nair' },
      { at: inSeconds(3600), to: 'Done', by: 'Jonas Becker' },
    ];
    const claim = judged({
      kind: 'ticket',
      ticket: ticket({ statusSteps: steps, decisions: [decided('approved', -7200)] }),
    });
    expect(claim).toMatchObject({
      statusAtChange: 'Approved',
      approvers: ['Priya Nair'],
      approvedAt: inSeconds(-7200),
      namesTarget: null,
    });
  });

  it('X4: confidence is between 0 and 1, and less where less is known', () => {
    const full = judged({ kind: 'ticket', ticket: ticket({ objects: [TARGET], window: hours(-60, 60) }) });
    const bare = judged({
      kind: 'ticket',
      ticket: ticket({ decisions: [{ ...decided('approved', -60), basis: 'approval_set' }] }),
    });
    expect(full?.confidence).toBe(1);
    expect(bare?.confidence).toBeGreaterThan(0.5);
    expect(bare?.confidence).toBeLessThan(1);
  });
});

describe('a commit judged as of the change', () => {
  const hash: Citation = { kind: 'commit', reference: 'aaaaaaaaaaa1', project: null, certain: true };
  it.each<[string, Commit, string, boolean | null]>([
    ['R11: whose diff names the target by id is linked', commit({}, [{ ids: [TARGET] }]), 'linked', true],
    [
      'R11: whose diff names the target by name is linked',
      commit({}, [{ names: ['EMEA Sales Voice'] }]),
      'linked',
      true,
    ],
    [
      'R11: whose block is labelled as the target is called is linked',
      commit({}, [{ label: 'emea_sales_voice' }]),
      'linked',
      true,
    ],
    [
      'R11: of the second of the change is linked',
      commit({ committedAt: T }, [{ ids: [TARGET] }]),
      'linked',
      true,
    ],
    [
      'committed a second later is late',
      commit({ committedAt: inSeconds(1) }, [{ ids: [TARGET] }]),
      'late_approval',
      true,
    ],
    [
      'merged later is late, however early it was written',
      commit({ mergedAt: inSeconds(1) }, [{ ids: [TARGET] }]),
      'late_approval',
      true,
    ],
    [
      'merged before, rewritten later, counts by its merge',
      commit({ mergedAt: inSeconds(-1), committedAt: inSeconds(5) }, [{ ids: [TARGET] }]),
      'linked',
      true,
    ],
    [
      'R14: that touches another queue is a mismatch',
      commit({}, [{ ids: [OTHER], names: ['Switchboard'] }]),
      'mismatch',
      false,
    ],
    [
      'R14: that touches a queue of the same name with another id is a mismatch',
      commit({}, [{ ids: [OTHER], names: ['EMEA Sales Voice'] }]),
      'mismatch',
      false,
    ],
    [
      'that touches nothing of this kind cannot tell and does not refuse',
      commit({}, [{ entityTypes: ['RoutingSkill'], ids: [OTHER] }]),
      'linked',
      null,
    ],
    [
      'whose diff computes the names cannot tell and does not refuse',
      commit({}, [{ label: 'all' }]),
      'linked',
      null,
    ],
    [
      'whose diff cannot be read does not refuse',
      commit({ diff: { kind: 'unknown', because: 'too large' } }),
      'linked',
      null,
    ],
  ])('%s', (_, made, status, namesTarget) =>
    expect(judged({ kind: 'commit', commit: made }, hash)).toMatchObject({ status, namesTarget }),
  );

  it('R14: a diff that cannot tell lowers confidence and says so', () => {
    const told = judged({ kind: 'commit', commit: commit({}, [{ ids: [TARGET] }]) }, hash);
    const untold = judged({ kind: 'commit', commit: commit() }, hash);
    expect(untold?.confidence).toBeLessThan(told?.confidence ?? 0);
    expect(untold?.reasons.join(' ')).toMatch(/cannot be told/);
  });

  it('R14: a hash that no repository has is a mismatch, doubtful digits are no citation', () => {
    expect(judged({ kind: 'not_found' }, hash)).toMatchObject({
      status: 'mismatch',
      reason: 'commit_not_found',
    });
    expect(judged({ kind: 'ambiguous', because: 'two' }, hash)).toMatchObject({
      status: 'mismatch',
      reason: 'commit_ambiguous',
    });
    expect(judged({ kind: 'not_found' }, { ...hash, reference: '20261120', certain: false })).toBeNull();
  });
});

describe('the linkage of a change over its claims', () => {
  const findings: Finding[] = [
    { kind: 'ticket', ticket: ticket() },
    { kind: 'ticket', ticket: ticket({ decisions: [decided('approved', 60)] }) },
    { kind: 'ticket', ticket: ticket({ window: { from: inSeconds(60), to: inSeconds(120) } }) },
    { kind: 'not_found' },
    { kind: 'not_evaluated', because: 'Jira does not answer' },
  ];
  const order = ['linked', 'late_approval', 'outside_window', 'mismatch', 'unlinked'];

  it('X4: the best claim decides, all are kept, and their order plays no part', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(findings.length - 1), { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.nat(100)),
        (picks, stream) => {
          const claims = picks.flatMap(
            (pick, index) =>
              judged(findings[pick] ?? { kind: 'not_found' }, {
                ...citation,
                reference: `NWC-${index + 1}`,
              }) ?? [],
          );
          const shuffled = [...claims].sort(() => (stream.next().value ?? 0) - 50);
          const verdict = decideLinkage(claims);
          expect(verdict.linkage).toBe(order[Math.min(...picks)]);
          expect(verdict.claims).toHaveLength(claims.length);
          expect(decideLinkage(shuffled)).toEqual(verdict);
        },
      ),
    );
  });

  it('a citation that was never looked up leaves the change unlinked and not evaluated', () => {
    const claim = judged({ kind: 'not_evaluated', because: 'Jira does not answer' });
    expect(decideLinkage(claim === null ? [] : [claim])).toMatchObject({
      linkage: 'unlinked',
      reason: 'not_evaluated',
    });
  });

  it('what cites nothing is unlinked', () => {
    expect(decideLinkage([])).toEqual({
      linkage: 'unlinked',
      reason: 'cites_nothing',
      claims: [],
    });
  });

  it('no finding makes a claim linked unless somebody approved or committed it before', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom('approved', 'withdrawn', 'rejected', 'cancelled' as const),
            fc.integer({ min: -100, max: 100 }),
          ),
          { maxLength: 6 },
        ),
        (steps) => {
          const decisions = steps
            .map(([verdict, seconds]) => decided(verdict, seconds))
            .sort((a, b) => a.at.getTime() - b.at.getTime());
          const before = decisions.filter((one) => one.at <= T);
          const linked = judged({ kind: 'ticket', ticket: ticket({ decisions }) })?.status === 'linked';
          expect(linked).toBe(before.at(-1)?.verdict === 'approved');
        },
      ),
    );
  });
});
