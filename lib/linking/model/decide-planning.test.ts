import { describe, expect, it } from 'vitest';
import type { Claim } from './claim';
import { decideLinkage } from './decide-linkage';
import { decidePlanning, isBypass, type PlanningFacts, type PlanningPolicy } from './decide-planning';

const AT = new Date('2026-11-20T14:22:31Z');
const policy: PlanningPolicy = { pipelineClients: new Set(['terraform']), freezes: [] };
const bot: PlanningFacts = { at: AT, actorId: 'terraform', clientId: 'terraform', actorKind: 'automation' };
const dana: PlanningFacts = { at: AT, actorId: 'dana', clientId: null, actorKind: 'person' };

function claim(more: Partial<Claim>): Claim {
  return {
    kind: 'jira',
    reference: 'NWC-1',
    status: 'linked',
    reason: null,
    reasons: [],
    foundBy: '',
    confidence: 1,
    statusAtChange: null,
    approvedAt: null,
    approvers: [],
    window: null,
    namesTarget: null,
    emergency: false,
    review: null,
    url: null,
    title: null,
    ...more,
  };
}

const byCommit = claim({ kind: 'commit', reference: 'a1b2c3d', review: 'unknown' });

describe('planned or ad-hoc', () => {
  const freeze = { ...policy, freezes: [{ from: AT, to: new Date(AT.getTime() + 1) }] };
  it.each<[string, Claim[], PlanningFacts, PlanningPolicy, string]>([
    [
      'R10: the pipeline’s change linked through a commit is a pipeline change',
      [byCommit],
      bot,
      policy,
      'planned_pipeline',
    ],
    [
      'R10: the pipeline’s change linked through a ticket alone is planned by hand',
      [claim({})],
      bot,
      policy,
      'planned_manual',
    ],
    [
      'R10: another client’s change linked through a commit is planned by hand',
      [byCommit],
      { ...bot, actorId: 'other', clientId: 'other' },
      policy,
      'planned_manual',
    ],
    [
      'R10: a commit known to be unreviewed makes no pipeline change',
      [claim({ kind: 'commit', review: 'unreviewed' })],
      bot,
      policy,
      'planned_manual',
    ],
    [
      'R19: a person’s change with an approved ticket is planned by hand',
      [claim({})],
      dana,
      policy,
      'planned_manual',
    ],
    [
      'a person who works through the pipeline’s client is no pipeline',
      [byCommit],
      { ...dana, clientId: 'terraform' },
      policy,
      'planned_manual',
    ],
    [
      'R10: a pipeline’s change without a link is ad-hoc',
      [claim({ status: 'mismatch', reason: 'rejected' })],
      bot,
      policy,
      'ad_hoc',
    ],
    [
      'a late approval plans nothing',
      [claim({ status: 'late_approval', reason: 'approved_after_change' })],
      dana,
      policy,
      'ad_hoc',
    ],
    ['what cites nothing is ad-hoc', [], dana, policy, 'ad_hoc'],
    ['inside a freeze a linked change is ad-hoc', [claim({})], dana, freeze, 'ad_hoc'],
    [
      'inside a freeze an emergency change is planned',
      [claim({ emergency: true })],
      dana,
      freeze,
      'planned_manual',
    ],
  ])('%s', (_, claims, facts, given, expected) =>
    expect(decidePlanning(decideLinkage(claims), facts, given)).toBe(expected),
  );

  it.each([
    ['R18: by hand on a declared object', 'ad_hoc', true, false, true],
    ['R18: by hand on what a pipeline changed last', 'ad_hoc', false, true, true],
    ['R19: an approved change by hand', 'planned_manual', true, true, false],
    ['R19: the pipeline itself', 'planned_pipeline', true, true, false],
    ['by hand on an object nobody declares', 'ad_hoc', false, false, false],
  ] as const)('%s is bypass or not', (_, planning, declared, lastChangedByPipeline, expected) => {
    expect(isBypass(planning, { declared, lastChangedByPipeline })).toBe(expected);
  });
});
