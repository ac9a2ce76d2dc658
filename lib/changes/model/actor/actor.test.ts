import { describe, expect, test } from 'vitest';
import { DANA, EMEA_RESTRICTED, moveRecord, ORG, restRecord } from '../../fixtures/records';
import { normalise } from '../record/normalise';
import { accountability, isRead } from './accountable';
import { classifyActor, isDivisionProperty } from './classify-actor';

const CLIENT = 'f0000000-0000-4000-8000-000000000009';
const scope = { orgId: ORG, knownClientIds: new Set([CLIENT]) };
const system = { level: 'SYSTEM', user: {}, client: { id: '' }, userHomeOrgId: undefined };
const grant = {
  serviceName: 'PeoplePermissions',
  entityType: 'Role',
  action: 'MemberAdd',
  propertyChanges: [],
};

describe('who acted', () => {
  test.each([
    ['a user and no client is a person', {}, 'person'],
    ['a user through a client is a person', { client: { id: 'other' } }, 'person'],
    ['user and client alike are automation', { user: { id: CLIENT }, client: { id: CLIENT } }, 'automation'],
    ['a client without a user is automation', { user: undefined, client: { id: CLIENT } }, 'automation'],
    ['a user id that is a known client is automation', { user: { id: CLIENT } }, 'automation'],
    ['SYSTEM without a user is the platform', system, 'platform'],
    ['a SYSTEM grant by nobody is unknown', { ...system, ...grant }, 'unknown'],
    [
      'a SYSTEM grant whose cause stands in the context is the platform',
      { ...system, ...grant, context: { userid: DANA } },
      'platform',
    ],
    [
      'a SYSTEM move of division by nobody is unknown',
      { ...system, propertyChanges: [{ property: 'divisionId', newValues: [EMEA_RESTRICTED] }] },
      'unknown',
    ],
    ['USER level without anybody is unknown', { user: undefined }, 'unknown'],
    ['Genesys’ own staff are external', { level: 'GENESYS_INTERNAL' }, 'external'],
    [
      'another home organisation is external',
      { userHomeOrgId: 'a0000000-0000-4000-8000-000000000077' },
      'external',
    ],
    ['our organisation in capitals is ours', { userHomeOrgId: ORG.toUpperCase() }, 'person'],
  ])('%s', (_name, more, kind) => {
    const normalised = normalise(restRecord(1, more));
    expect(normalised.kind === 'change' && classifyActor(normalised.change, scope)).toBe(kind);
  });

  test('a division property is one whatever it is called', () => {
    expect(['divisionId', 'division', 'division.id', 'homeDivisionId'].map(isDivisionProperty)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['divisionName', 'version', 'subdivisions'].map(isDivisionProperty)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('accountable', () => {
  test.each([
    ['USER', 'SUCCESS', 'Update', null],
    ['USER', 'WARNING', 'Update', null],
    ['USER', null, 'Update', null],
    ['USER', 'SUCCESS', 'Frobnicate', null],
    ['USER', 'FAILURE', 'Update', 'failure'],
    ['USER', 'FAILURE', 'View', 'failure'],
    ['SYSTEM', 'SUCCESS', 'Update', 'platform'],
    ['SYSTEM', 'FAILURE', 'View', 'platform'],
    ['GENESYS_INTERNAL', 'SUCCESS', 'Update', 'genesys_internal'],
    ['SOMETHING_NEW', 'SUCCESS', 'Update', 'platform'],
  ])('level %s, status %s, action %s: excluded for %s', (level, status, action, excludedReason) => {
    expect(accountability({ level, status, action })).toEqual({
      accountable: excludedReason === null,
      excludedReason,
    });
  });

  test('reads are exactly those of the list', () => {
    const reads = [
      'View',
      'Read',
      'Download',
      'Export',
      'Execute',
      'Start',
      'Stop',
      'Authenticate',
      'AuthenticationFailed',
      'StartCapture',
      'StopCapture',
      'EnableCapture',
      'DisableCapture',
      'DownloadCapture',
    ];
    expect(reads.filter((action) => !isRead(action))).toEqual([]);
    expect(
      ['Update', 'view', 'Restart', 'Upload', 'Verify', 'Authorize', 'Enable', 'Debug'].filter(isRead),
    ).toEqual([]);
    expect(isRead(String(moveRecord(1).action))).toBe(false);
  });
});
