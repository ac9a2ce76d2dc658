import type { DivisionAt } from '@/lib/divisions/model/recorded-move';
import type { ChangeSubject, MoveSubject } from './subject';

/** People, things and divisions of the rules' examples; all invented. */
export const DANA = {
  kind: 'person',
  id: 'b0000000-0000-4000-8000-000000000002',
  name: 'Dana Admin',
} as const;
export const RAVI = {
  kind: 'person',
  id: 'c0000000-0000-4000-8000-000000000003',
  name: 'Ravi Agent',
} as const;
export const SCRIPT = {
  kind: 'automation',
  id: 'e0000000-0000-4000-8000-000000000004',
  name: 'Nightly export',
} as const;
const AT = new Date('2026-11-20T10:02:01Z');

/** A division of the examples. */
export function exampleDivision(name: string, more: Partial<DivisionAt> = {}): DivisionAt {
  return {
    id: `division-${name.toLowerCase().replaceAll(' ', '-')}`,
    name,
    nameFrom: 'snapshot',
    nameKnownFrom: new Date('2026-11-20T02:00:00Z'),
    region: null,
    sensitivity: null,
    rank: null,
    ...more,
  };
}

/** A change of the examples: Dana changed a queue and nothing asked for it. */
export function exampleChange(more: Partial<ChangeSubject> = {}): ChangeSubject {
  return {
    id: 'change-1',
    at: AT,
    receivedAt: new Date('2026-11-20T10:02:06Z'),
    provisional: false,
    service: 'ContactCenter',
    entityType: 'Queue',
    action: 'Update',
    level: 'USER',
    actor: DANA,
    client: null,
    entity: { id: 'queue-1', name: 'Sales' },
    recordName: 'Sales',
    propertyChanges: [],
    accountable: true,
    risk: 'low',
    riskReasons: [],
    linkage: 'unlinked',
    linkageReason: null,
    planning: 'ad_hoc',
    awaitsLinks: false,
    bypass: false,
    divisionId: null,
    sessionId: null,
    sentence: 'Dana Admin changed Queue Sales',
    nameOf: () => null,
    ...more,
  };
}

/** A move of the examples: Dana moved Ravi from US Sales to US Support, and nothing asked for it. */
export function exampleMove(more: Partial<MoveSubject> = {}): MoveSubject {
  return {
    id: 'mov_change-1',
    orgId: 'a0000000-0000-4000-8000-000000000001',
    changeId: 'change-1',
    at: AT,
    receivedAt: new Date('2026-11-20T10:02:06Z'),
    within: null,
    source: 'pull',
    provisional: false,
    actor: DANA,
    client: null,
    target: { type: 'User', id: RAVI.id, name: RAVI.name },
    from: exampleDivision('US Sales'),
    to: exampleDivision('US Support'),
    clientIp: '198.51.100.7',
    addressFlags: [],
    addressNotEvaluated: null,
    selfMove: false,
    selfMoveBy: null,
    direction: 'not_evaluated',
    boundaryCross: null,
    restricted: null,
    accountable: true,
    reviewDueAt: null,
    risk: 'high',
    linkage: 'unlinked',
    planning: 'ad_hoc',
    sessionId: null,
    ...more,
  };
}
