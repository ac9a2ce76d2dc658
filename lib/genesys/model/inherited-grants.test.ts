import { describe, expect, it } from 'vitest';
import { inheritedGrants } from './inherited-grants';

describe('grants held through a group', () => {
  it('come from groups only, one for each member, role and division', () => {
    const grants = [
      { subjectId: 'g1', subjectType: 'PC_GROUP', roleId: 'admin', divisionId: '*' },
      { subjectId: 'g2', subjectType: 'PC_GROUP', roleId: 'agent', divisionId: 'emea' },
      { subjectId: 'u1', subjectType: 'PC_USER', roleId: 'admin', divisionId: '*' },
    ];
    const members = [
      { groupId: 'g1', userId: 'u1' },
      { groupId: 'g1', userId: 'u2' },
      { groupId: 'g1', userId: 'u1' },
    ];
    expect(inheritedGrants(grants, members)).toEqual([
      { userId: 'u1', roleId: 'admin', divisionId: '*', groupId: 'g1' },
      { userId: 'u2', roleId: 'admin', divisionId: '*', groupId: 'g1' },
    ]);
  });
});
