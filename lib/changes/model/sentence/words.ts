/** What an action did, in the past tense; an action that is not listed reads "did <action> on". */
export const VERBS: Readonly<Record<string, string>> = {
  Create: 'created',
  Update: 'changed',
  Delete: 'removed',
  BulkDelete: 'removed',
  HardDelete: 'removed for good',
  SoftDelete: 'removed',
  DeleteAll: 'removed all of',
  Purge: 'purged',
  Move: 'moved',
  Copy: 'copied',
  Replace: 'replaced',
  Add: 'added',
  Remove: 'removed',
  Save: 'saved',
  Publish: 'published',
  Checkin: 'checked in',
  Checkout: 'checked out',
  Debug: 'debugged',
  Deactivate: 'deactivated',
  Activate: 'activated',
  Revert: 'reverted',
  Enable: 'enabled',
  Disable: 'disabled',
  Reset: 'reset',
  Rotate: 'rotated',
  Assign: 'assigned',
  Unassign: 'unassigned',
  Reassign: 'reassigned',
  Archive: 'archived',
  Unarchive: 'took out of the archive',
  Restore: 'restored',
  RestoreDeleted: 'restored',
  RestoreAll: 'restored all of',
  Block: 'blocked',
  Unblock: 'unblocked',
  Open: 'opened',
  Approved: 'approved',
  Rejected: 'rejected',
  Rollback: 'rolled back',
  Verify: 'verified',
  Upload: 'uploaded',
  Download: 'downloaded',
  View: 'viewed',
  Read: 'read',
  Export: 'exported',
  Execute: 'ran',
  Start: 'started',
  Stop: 'stopped',
  Revoke: 'revoked',
  Authorize: 'authorised',
  Deauthorize: 'withdrew authorisation of',
  LicenseUpdate: 'changed the licences of',
  IpAllowlistClear: 'cleared the address allow list of',
  AddPairingRole: 'added a pairing role to',
  UpdateInService: 'put into service',
  UpdateOutOfService: 'took out of service',
  ApplyProtection: 'protected',
  RevokeProtection: 'unprotected',
  UpdateRetention: 'changed the retention of',
  EnableCapture: 'enabled capture on',
  DisableCapture: 'disabled capture on',
  StartCapture: 'started capture on',
  StopCapture: 'stopped capture on',
  DownloadCapture: 'downloaded a capture of',
  WrapupCodeAdd: 'added a wrap-up code to',
  WrapupCodeRemove: 'removed a wrap-up code from',
  VersionCreate: 'made a version of',
  MemberAdd: 'added a member to',
  MemberRemove: 'removed a member from',
  MemberUpdate: 'changed a member of',
  ShareAdd: 'shared',
  ShareRemove: 'stopped sharing',
  TagAdd: 'tagged',
  TagRemove: 'untagged',
};

/** What an entity type is called in a sentence; one that is not listed is its own name, spaced. */
export const THINGS: Readonly<Record<string, string>> = {
  User: 'User',
  AuthUser: 'User',
  AgentRoutingInfo: 'the routing settings of',
  DirectoryGroup: 'Group',
  OAuthClient: 'OAuth client',
  AuthOrganization: 'the sign-in rules of the organisation',
  RoutingSkill: 'Skill',
  RoutingLanguage: 'Language',
  IVR: 'IVR',
  DID: 'DID',
  DIDPool: 'DID pool',
  MFAVerifier: 'second factor',
  RecordingSettings: 'the recording settings',
  RecordingKey: 'the recording key',
  RecordingKeyConfig: 'the recording key configuration',
  WrapupCode: 'Wrap-up code',
  Row: 'a row of Data table',
  Schema: 'Data table',
  Exports: 'Export',
  Action: 'Data action',
  GdprRequest: 'GDPR request',
  DsarRequest: 'DSAR request',
};

/** The name of a thing without a name, or the article before one: `Queue`, `Data action`, `Trunk base`. */
export function thingOf(entityType: string): string {
  const known = Object.hasOwn(THINGS, entityType) ? THINGS[entityType] : undefined;
  if (known !== undefined) return known;
  const spaced = entityType.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  const [first = '', ...rest] = spaced.split(' ');
  const opening = first.charAt(0).toUpperCase() + first.slice(1);
  return [opening, ...rest.map((word) => (/^[A-Z]+$/.test(word) ? word : word.toLowerCase()))].join(' ');
}

export function verbOf(action: string): string {
  const known = Object.hasOwn(VERBS, action) ? VERBS[action] : undefined;
  return known ?? `did “${action}” on`;
}

/** An id shortened in the middle, as all screens do. */
export function shortId(id: string): string {
  return id.length <= 12 ? id : `${id.slice(0, 4)}…${id.slice(-4)}`;
}

/** A value short enough to stand in a sentence, on one line, in quotes when it holds spaces; null when it is too long to. */
export function shortValue(value: string): string | null {
  if (value === '') return 'nothing';
  if (value.length > 40 || /[\n\r{}[\]]/.test(value)) return null;
  return /\s/.test(value) ? `“${value}”` : value;
}
