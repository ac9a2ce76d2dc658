import { describe, expect, it } from 'vitest';
import { describeItem, isUnread } from './describe-item';

const kept = (kind: Parameters<typeof describeItem>[0], item: Record<string, unknown>) => {
  const found = describeItem(kind, item);
  if (found === null) throw new Error('nothing to keep');
  return { ...found, item: JSON.parse(found.content).item };
};

describe('what is kept of an object', () => {
  const user = {
    id: 'u1',
    name: 'Ravi Agent',
    email: 'ravi@example.test',
    state: 'active',
    version: 41,
    division: { id: 'd1', name: 'US', selfUri: '/d1' },
    skills: [
      { id: 's2', name: 'Billing', proficiency: 4 },
      { id: 's1', name: 'Sales', proficiency: 2 },
    ],
    lastTokenIssued: { dateIssued: '2026-02-27T08:11:00Z' },
    dateLastLogin: '2026-02-27T08:10:58Z',
    selfUri: '/api/v2/users/u1',
  };

  it('counters, addresses, logins and names of other things are not compared', () => {
    const later = {
      ...user,
      version: 42,
      division: { id: 'd1', name: 'US renamed', selfUri: '/other' },
      skills: [...user.skills].reverse(),
      lastTokenIssued: { dateIssued: '2026-03-01T08:11:00Z' },
      dateLastLogin: undefined,
    };
    expect(kept('user', later).content).toBe(kept('user', user).content);
  });

  it('the last token and login are kept beside', () => {
    const found = kept('user', user);
    expect(found.lastTokenAt?.toISOString()).toBe('2026-02-27T08:11:00.000Z');
    expect(found.lastLoginAt?.toISOString()).toBe('2026-02-27T08:10:58.000Z');
    expect(kept('user', { id: 'u1', lastTokenIssued: 'never' }).lastTokenAt).toBeNull();
  });

  it('name, place and state are told', () => {
    expect(kept('user', user)).toMatchObject({
      entityId: 'u1',
      name: 'Ravi Agent',
      divisionId: 'd1',
      state: 'present',
    });
    expect(kept('user', { ...user, state: 'deleted' }).state).toBe('deleted');
    expect(kept('division', { id: 'd9', name: 'Old', deleted: true })).toMatchObject({
      state: 'deleted',
      name: 'Old',
    });
  });

  it('a grant is subject, role and division; all divisions is *', () => {
    const grant = {
      id: 'u1:r1:d1',
      subjectId: 'u1',
      subjectType: 'PC_USER',
      subjectName: 'Ravi',
      roleId: 'r1',
      roleName: 'Agent',
      divisionId: 'd1',
      divisionName: 'US',
    };
    expect(kept('grant', grant)).toMatchObject({
      entityId: 'u1:r1:d1',
      parentId: 'r1',
      divisionId: 'd1',
      name: null,
    });
    expect(kept('grant', { ...grant, divisionId: undefined }).entityId).toBe('u1:r1:*');
    expect(kept('grant', { ...grant, subjectName: 'Ravi Renamed', roleName: 'x' }).content).toBe(
      kept('grant', grant).content,
    );
    expect(kept('grant', { ...grant, subjectType: 'PC_TRUSTEE_USER' }).item.subjectName).toBe('Ravi');
  });

  it('a membership is group and person', () => {
    const member = { id: 'g1:u1', groupId: 'g1', groupName: 'x', userId: 'u1', userName: 'y' };
    expect(kept('group_member', member)).toMatchObject({
      entityId: 'g1:u1',
      parentId: 'g1',
      item: { userId: 'u1' },
    });
  });

  it('no secret is kept, at any depth, and none in a header', () => {
    const action = {
      id: 'a1',
      name: 'Look up',
      secret: 'LEAK',
      config: {
        request: {
          headers: {
            Authorization: 'Bearer LEAK',
            'X-Api-Key': 'LEAK',
            Cookie: 'Basic $LEAK',
            'X-Token': '$' + '{credentials.token}',
            Accept: 'json',
          },
          body: { clientSecret: 'LEAK', password: 'LEAK' },
        },
      },
      keys: [{ id: 'k', apiKey: 'LEAK' }],
    };
    const found = kept('data_action', action);
    expect(found.content).not.toContain('LEAK');
    expect(found.item.config.request.headers).toMatchObject({
      Accept: 'json',
      'X-Token': '$' + '{credentials.token}',
    });
    expect(
      kept('setting', { id: '/x', state: 'known', value: { passwordRequirements: { minimumLength: 12 } } })
        .item.value,
    ).toEqual({
      passwordRequirements: { minimumLength: 12 },
    });
  });

  it('a setting that could not be read is no change of it', () => {
    expect(isUnread('setting', { id: '/x', state: 'not_evaluated', because: 'no permission' })).toBe(true);
    expect(isUnread('setting', { id: '/x', state: 'known', value: {} })).toBe(false);
  });

  it('odd text is kept so that a database and canonical JSON can hold it', () => {
    const odd = kept('queue', { id: 'q 1', name: 'a\0b\ud800', note: '=1+1 <b>שלום</b>' });
    expect(odd.entityId).toBe('q%201');
    expect(odd.name).toBe('a\ufffdb\ufffd');
    expect(odd.item.note).toBe('=1+1 <b>שלום</b>');
    expect(describeItem('queue', { name: 'no id' })).toBeNull();
  });
});
