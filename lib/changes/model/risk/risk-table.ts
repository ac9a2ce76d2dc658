import type { Risk } from '@/lib/kernel/words';

/** One line of the table; what is left out matches anything. */
export type RiskRule = {
  readonly service?: string;
  readonly entityTypes?: readonly string[];
  readonly actions?: readonly string[];
  /** Matches when any property of the change does. */
  readonly property?: RegExp;
  readonly risk: Risk;
  /** Why, in words that end the sentence "Risky because …". */
  readonly reason: string;
};

const REMOVALS = ['Delete', 'BulkDelete', 'HardDelete', 'SoftDelete', 'DeleteAll', 'Purge'];
const GRANTS = ['MemberAdd', 'MemberUpdate'];

/** All lines that match count; the highest decides, every reason is shown. */
export const RISK_TABLE: readonly RiskRule[] = [
  { entityTypes: ['AuthOrganization'], risk: 'critical', reason: 'it changes how everybody signs in' },
  {
    entityTypes: ['AuthOrganization'],
    actions: ['IpAllowlistClear'],
    risk: 'critical',
    reason: 'it opens the organisation to every address',
  },
  { entityTypes: ['IdentityProvider'], risk: 'high', reason: 'it changes who vouches for identities' },
  {
    entityTypes: ['MFAVerifier'],
    actions: ['Delete', 'Reset', 'Disable'],
    risk: 'high',
    reason: 'it weakens a second factor',
  },
  {
    entityTypes: ['OrganizationAuthorizationTrust', 'OrganizationAuthorizationUserTrust'],
    risk: 'critical',
    reason: 'it lets another organisation in, or changes what it may do',
  },
  { entityTypes: ['OAuthClient'], actions: ['Create'], risk: 'high', reason: 'it creates a key to the API' },
  {
    entityTypes: ['OAuthClient'],
    actions: ['Update'],
    property: /(role|scope|redirect|grant|secret|state|token)/i,
    risk: 'high',
    reason: 'it changes what a key to the API may do',
  },
  {
    entityTypes: ['OAuthClient'],
    actions: ['Delete'],
    risk: 'medium',
    reason: 'it removes a key to the API',
  },
  {
    entityTypes: ['OAuthClientAuthorization', 'AccessToken'],
    actions: ['Authorize', 'Create'],
    risk: 'medium',
    reason: 'it gives out access by token',
  },
  { entityTypes: ['Role'], actions: GRANTS, risk: 'medium', reason: 'it grants a role' },
  {
    entityTypes: ['Role', 'RoleSettings', 'Policy'],
    service: 'PeoplePermissions',
    actions: ['Create', 'Update', 'Delete'],
    risk: 'high',
    reason: 'it changes what a role or policy allows',
  },
  { entityTypes: ['AuthUser'], actions: ['ChangePassword'], risk: 'medium', reason: 'it changes a password' },
  {
    entityTypes: ['User'],
    service: 'Directory',
    actions: ['Create', ...REMOVALS],
    risk: 'medium',
    reason: 'it creates or removes an account',
  },
  {
    entityTypes: ['User'],
    service: 'Directory',
    property: /^state$/i,
    risk: 'medium',
    reason: 'it switches an account on or off',
  },
  {
    entityTypes: [
      'Trunk',
      'TrunkBase',
      'Edge',
      'EdgeGroup',
      'Site',
      'OutboundRoute',
      'NumberPlan',
      'IVR',
      'EmergencyGroup',
    ],
    actions: REMOVALS,
    risk: 'high',
    reason: 'calls may no longer go through',
  },
  {
    entityTypes: ['Trunk', 'TrunkBase', 'OutboundRoute', 'NumberPlan', 'EmergencyGroup'],
    actions: ['Create', 'Update', 'UpdateOutOfService'],
    risk: 'medium',
    reason: 'it changes how calls are carried',
  },
  { property: /(tls|srtp|cipher|encrypt)/i, risk: 'high', reason: 'it touches encryption' },
  { property: /(recording_?enabled|recordingEnabled)/i, risk: 'high', reason: 'it changes what is recorded' },
  {
    service: 'Quality',
    entityTypes: ['RecordingSettings', 'RecordingKeyConfig'],
    risk: 'high',
    reason: 'it changes how recordings are kept or encrypted',
  },
  {
    service: 'Quality',
    entityTypes: ['RecordingKey'],
    actions: ['Rotate'],
    risk: 'medium',
    reason: 'it changes the key recordings are encrypted with',
  },
  {
    entityTypes: ['Recording', 'ScreenRecording', 'BulkActions', 'OrphanedRecording'],
    actions: [...REMOVALS, 'RevokeProtection', 'UpdateRetention'],
    risk: 'high',
    reason: 'recordings may be lost',
  },
  {
    service: 'Quality',
    entityTypes: ['Policy'],
    risk: 'high',
    reason: 'it changes how long recordings are kept',
  },
  {
    entityTypes: ['Queue', 'Flow'],
    actions: REMOVALS,
    risk: 'high',
    reason: 'customers may no longer be routed',
  },
  {
    entityTypes: ['Flow'],
    actions: ['Publish', 'Revert', 'Deactivate'],
    risk: 'medium',
    reason: 'it changes what callers meet',
  },
  {
    entityTypes: ['Integration', 'Action', 'Credential'],
    actions: ['Create', 'Update', 'Publish', 'Enable', ...REMOVALS],
    risk: 'medium',
    reason: 'it changes a way data leaves or enters',
  },
  { entityTypes: ['Credential'], risk: 'high', reason: 'it changes stored credentials' },
  {
    entityTypes: ['DirectoryGroup'],
    property: /^(group-membership|rolesEnabled|roles)/i,
    risk: 'medium',
    reason: 'membership of a group can carry roles',
  },
  { service: 'GDPR', risk: 'medium', reason: 'it concerns personal data of a customer' },
  { service: 'DSAR', risk: 'medium', reason: 'it concerns personal data of a customer' },
  {
    service: 'AnalyticsReporting',
    entityTypes: ['Exports', 'ScheduledExports'],
    actions: ['Create'],
    risk: 'medium',
    reason: 'data leaves the platform',
  },
  {
    service: 'SCIM',
    actions: ['Create', 'Replace', 'Update', 'Delete'],
    risk: 'medium',
    reason: 'it provisions accounts',
  },
  { service: 'Limits', risk: 'medium', reason: 'it changes the limits of the organisation' },
  {
    actions: ['BulkDelete', 'DeleteAll', 'Purge', 'HardDelete'],
    risk: 'high',
    reason: 'many things are removed for good',
  },
];
