import { describe, expect, it } from 'vitest';
import { diffTags, suggestSensitivity, type TaggedDivision } from './division-tag';
import { DEFAULT_PRIVILEGED_RULES, isPrivileged, permissionsOfRole } from './privileged-roles';

const tag = (division: string, region: string | null): TaggedDivision => ({
  chosenBy: 'name',
  division,
  region,
  sensitivity: 'normal',
  rank: null,
});

describe('what the organisation says about its divisions', () => {
  it('only differences are written, and what is no longer wished is withdrawn', () => {
    expect(diffTags([tag('A', 'EU'), tag('B', 'US')], [tag('A', 'EU'), tag('C', null)])).toEqual({
      set: [tag('B', 'US')],
      withdrawn: [tag('C', null)],
    });
  });

  it('a division named exactly Restricted is suggested, another is not', () => {
    expect(suggestSensitivity('Restricted')).toBe('restricted');
    expect(suggestSensitivity('EMEA Restricted')).toBeNull();
  });
});

describe('privileged roles', () => {
  const role = (...policies: [string, string, string[]][]) => ({
    name: 'Any',
    permissions: permissionsOfRole({
      permissionPolicies: policies.map(([domain, entityName, actionSet]) => ({
        domain,
        entityName,
        actionSet,
      })),
    }),
  });
  it.each([
    ['may grant roles', role(['authorization', 'grant', ['view', 'add']]), true],
    ['may only look at grants', role(['authorization', 'grant', ['view']]), false],
    ['may do everything to clients', role(['oauth', 'client', ['*']]), true],
    ['may answer calls', role(['conversation', 'call', ['accept']]), false],
  ] as const)('a role that %s: %s', (_, given, privileged) => {
    expect(isPrivileged(given, DEFAULT_PRIVILEGED_RULES)).toBe(privileged);
  });

  it('by its name, whatever the case', () => {
    expect(
      isPrivileged({ name: 'Master Admin', permissions: [] }, [{ matches: 'name', pattern: 'master admin' }]),
    ).toBe(true);
  });
});
