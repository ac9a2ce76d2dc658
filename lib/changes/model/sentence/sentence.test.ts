import { describe, expect, test } from 'vitest';
import { DANA, EMEA_RESTRICTED, RAVI, US_SALES } from '../../fixtures/records';
import { sentenceOf, type Told } from './sentence';

const ROLE = 'e0000000-0000-4000-8000-0000000000e1';
const QUEUE = 'e0000000-0000-4000-8000-000000000001';
const NAMES: Record<string, string> = {
  [RAVI]: 'Ravi Agent',
  [US_SALES]: 'US Sales',
  [EMEA_RESTRICTED]: 'EMEA Restricted',
  [ROLE]: 'Supervisor',
};
const base: Told = {
  service: 'Telephony',
  entityType: 'Trunk',
  action: 'Delete',
  status: 'SUCCESS',
  actorKind: 'person',
  actorId: DANA,
  actorLabel: 'Dana Admin',
  entityId: 't0000000-0000-4000-8000-000000000009',
  entityName: 'SBC-Madrid-2',
  entityLabel: 'SBC-Madrid-2',
  propertyChanges: [],
  nameOf: (id) => NAMES[id] ?? null,
};
const change = (property: string, from: string[], to: string[]) => ({
  property,
  oldValues: from,
  newValues: to,
});
const user = {
  entityType: 'User',
  action: 'Update',
  entityId: RAVI,
  entityName: '',
  entityLabel: 'Ravi Agent',
};
const queue = {
  entityType: 'Queue',
  action: 'Update',
  entityId: QUEUE,
  entityName: 'Sales',
  entityLabel: 'Sales',
};

describe('what happened, in words', () => {
  test.each<[string, Partial<Told>]>([
    ['Dana Admin removed Trunk SBC-Madrid-2', {}],
    [
      'Dana Admin moved Ravi Agent from US Sales to EMEA Restricted',
      {
        ...user,
        propertyChanges: [
          change('version', ['1'], ['2']),
          change('divisionId', [US_SALES], [EMEA_RESTRICTED]),
        ],
      },
    ],
    [
      'Dana Admin moved their own account from US Sales to EMEA Restricted',
      { ...user, entityId: DANA, propertyChanges: [change('divisionId', [US_SALES], [EMEA_RESTRICTED])] },
    ],
    [
      'Dana Admin moved Queue Sales from US Sales to division d000…00ff',
      {
        ...queue,
        propertyChanges: [change('division.id', [US_SALES], ['d0000000-0000-4000-8000-0000000000ff'])],
      },
    ],
    [
      'Dana Admin granted role Supervisor to Ravi Agent',
      {
        entityType: 'Role',
        action: 'MemberAdd',
        entityId: ROLE,
        entityName: `${RAVI}--${ROLE}--x`,
        entityLabel: 'Supervisor',
      },
    ],
    [
      'The platform took role Supervisor from user b000…0002',
      {
        actorKind: 'platform',
        actorId: null,
        actorLabel: null,
        entityType: 'Role',
        action: 'MemberRemove',
        entityId: ROLE,
        entityName: `${DANA}--${ROLE}--x`,
        entityLabel: null,
      },
    ],
    [
      'Dana Admin added Ravi Agent to Queue Sales',
      {
        ...queue,
        action: 'MemberAdd',
        propertyChanges: [change(`QueueMember/${QUEUE}:${RAVI}`, [], ['<queue member added>'])],
      },
    ],
    [
      'Dana Admin removed Ravi Agent from Queue Sales',
      {
        ...queue,
        action: 'MemberRemove',
        propertyChanges: [change(`queueId:${QUEUE}:members`, [`queueMember:${RAVI}`], [])],
      },
    ],
    [
      'Dana Admin deactivated Ravi Agent in Queue Sales',
      {
        ...queue,
        action: 'MemberUpdate',
        propertyChanges: [change(`QueueMember/${QUEUE}:${RAVI}:joined`, ['true'], ['false'])],
      },
    ],
    [
      'Dana Admin changed the members of Group Agents: Ravi Agent',
      {
        entityType: 'DirectoryGroup',
        action: 'Update',
        entityLabel: 'Agents',
        propertyChanges: [change('group-membership', [], [`["[${RAVI}]"]`])],
      },
    ],
    [
      'Dana Admin renamed Queue Sales to Sales EMEA',
      { ...queue, propertyChanges: [change('name', ['Sales'], ['Sales EMEA'])] },
    ],
    [
      'Dana Admin changed alertingTimeoutSeconds of Queue Sales from 8 to 12',
      { ...queue, propertyChanges: [change('alertingTimeoutSeconds', ['8'], ['12'])] },
    ],
    [
      'Dana Admin changed acwSettings of Queue Sales',
      { ...queue, propertyChanges: [change('acwSettings', ['{"a":1}'], ['{"a":2}'])] },
    ],
    [
      'Dana Admin changed a, b and 2 more of Queue Sales',
      { ...queue, propertyChanges: ['a', 'b', 'c', 'd'].map((one) => change(one, [], ['x'])) },
    ],
    ['Dana Admin changed the routing settings of Ravi Agent', { ...user, entityType: 'AgentRoutingInfo' }],
    ['Dana Admin signed in', { entityType: 'AuthUser', action: 'Authenticate' }],
    [
      'Dana Admin failed to sign in',
      { entityType: 'AuthUser', action: 'AuthenticationFailed', status: 'FAILURE' },
    ],
    [
      'Dana Admin changed their own password',
      { entityType: 'AuthUser', action: 'ChangePassword', entityId: DANA },
    ],
    ['Dana Admin removed Queue Sales (refused)', { ...queue, action: 'Delete', status: 'FAILURE' }],
    [
      'OAuth client b000…0002 published Flow Main menu',
      {
        actorKind: 'automation',
        actorLabel: null,
        entityType: 'Flow',
        action: 'Publish',
        entityLabel: 'Main menu',
      },
    ],
    [
      'Somebody unknown created OAuth client Key',
      {
        actorKind: 'unknown',
        actorId: null,
        actorLabel: null,
        entityType: 'OAuthClient',
        action: 'Create',
        entityLabel: 'Key',
      },
    ],
    [
      'Genesys changed softwareVersion of Edge Edge 1 from 1 to 2',
      {
        actorKind: 'external',
        actorId: null,
        actorLabel: null,
        entityType: 'Edge',
        action: 'Update',
        entityLabel: 'Edge 1',
        propertyChanges: [change('softwareVersion', ['1'], ['2'])],
      },
    ],
    [
      'Dana Admin did “Entangle” on Quantum thing e000…0001',
      { entityType: 'QuantumThing', action: 'Entangle', entityId: QUEUE, entityLabel: null },
    ],
    ['Dana Admin changed a queue', { ...queue, entityId: null, entityLabel: null }],
  ])('%s', (sentence, more) => {
    expect(sentenceOf({ ...base, ...more })).toBe(sentence);
  });
});
