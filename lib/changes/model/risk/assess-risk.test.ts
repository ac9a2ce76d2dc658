import { describe, expect, test } from 'vitest';
import { DANA, EMEA_RESTRICTED, moveRecord, restRecord } from '../../fixtures/records';
import { normalise } from '../record/normalise';
import { assessRisk, NEW_ADDRESS_RULE, type RiskContext } from './assess-risk';
import { BUILT_IN_RULES, builtInRule } from './built-in-rules';
import { ruleBook } from './rule-book';

const ROLE = 'e0000000-0000-4000-8000-0000000000e1';
const none: RiskContext = {
  actorKind: 'person',
  excludedReason: null,
  isPrivilegedRole: () => false,
  isRestrictedDivision: () => false,
  newAddress: false,
  divisionId: null,
};
const RULES = ruleBook(BUILT_IN_RULES.map((rule) => ({ rule, from: null, to: null }))).at(new Date());
const roleGrant = (member: string) =>
  restRecord(1, {
    serviceName: 'PeoplePermissions',
    entityType: 'Role',
    action: 'MemberAdd',
    entity: { id: ROLE, name: `${member}--${ROLE}--x` },
    propertyChanges: [],
  });
const nobody = { level: 'SYSTEM', user: {}, client: { id: '' } };

function riskOf(record: unknown, context: Partial<RiskContext> = {}) {
  const normalised = normalise(record);
  if (normalised.kind !== 'change') throw new Error(normalised.message);
  return assessRisk(normalised.change, { ...none, ...context }, RULES);
}

describe('risk', () => {
  test.each<[string, unknown, Partial<RiskContext>, string]>([
    ['an edit of a queue is low', restRecord(1), {}, 'low'],
    ['D32: a division move is high by default', moveRecord(1), {}, 'high'],
    [
      'a move into a restricted division is critical',
      moveRecord(1),
      { isRestrictedDivision: (id) => id === EMEA_RESTRICTED },
      'critical',
    ],
    ['D28: a self-move is critical', moveRecord(1, { entity: { id: DANA } }), {}, 'critical'],
    [
      'deleting a trunk is high',
      restRecord(1, { serviceName: 'Telephony', entityType: 'Trunk', action: 'Delete' }),
      {},
      'high',
    ],
    [
      'a failed deletion is low',
      restRecord(1, { entityType: 'Trunk', action: 'Delete' }),
      { excludedReason: 'failure' },
      'low',
    ],
    ['granting a role is medium', roleGrant('c0000000-0000-4000-8000-000000000003'), {}, 'medium'],
    [
      'granting a privileged role is high',
      roleGrant('c0000000-0000-4000-8000-000000000003'),
      { isPrivilegedRole: (id) => id === ROLE },
      'high',
    ],
    ['granting oneself a role is critical', roleGrant(DANA), {}, 'critical'],
    [
      'a grant by nobody is high though it is the platform’s',
      { ...roleGrant('c0000000-0000-4000-8000-000000000003'), ...nobody },
      { actorKind: 'unknown', excludedReason: 'platform' },
      'high',
    ],
    [
      'a platform version bump is low',
      restRecord(1, nobody),
      { actorKind: 'platform', excludedReason: 'platform' },
      'low',
    ],
    [
      'Genesys’ own staff are always flagged',
      restRecord(1),
      { actorKind: 'external', excludedReason: 'genesys_internal' },
      'medium',
    ],
    ['a new address alone is medium', restRecord(1), { newAddress: true }, 'medium'],
    [
      'creating an OAuth client is high',
      restRecord(1, { entityType: 'OAuthClient', action: 'Create' }),
      {},
      'high',
    ],
    ['changing sign-in rules is critical', restRecord(1, { entityType: 'AuthOrganization' }), {}, 'critical'],
  ])('%s', (_name, record, context, level) => {
    const assessed = riskOf(record, context);
    expect(assessed.risk).toBe(level);
    expect(assessed.reasons.length > 0).toBe(level !== 'low');
  });

  test('every reason is told, the gravest first', () => {
    const { reasons } = riskOf(moveRecord(1, { entity: { id: DANA } }), { newAddress: true });
    expect(reasons[0]).toBe('the person moved their own account');
    expect(reasons.at(-1)).toBe(builtInRule(NEW_ADDRESS_RULE)?.reason);
  });
});
