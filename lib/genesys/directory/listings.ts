/** One address of the API that lists things, page by page. */
export type ListingPart = {
  readonly path: `/api/v2/${string}`;
  readonly query: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** The permission that reading it needs; null where none is documented. */
  readonly permission: string | null;
  /** Added to each item, to tell parts of one kind apart. */
  readonly mark?: Readonly<Record<string, string | boolean>>;
  /** Things that an earlier part listed are not taken again. The mark yields to what an item says of itself. */
  readonly onlyNew?: true;
  /** When this part cannot be read, the listing still counts: it is noted. */
  readonly optional?: true;
};

const PAGE = { pageSize: 100 } as const;

/**
 * Where each kind is listed. Sources: the SDK's own paths (a test looks each one up there) and its documentation of permissions.
 *
 * Users: `state=any`, because the default hides inactive and deleted people. Trunks: their bases hold the TLS and SRTP settings.
 */
export const LISTINGS = {
  user: [
    {
      path: '/api/v2/users',
      query: {
        ...PAGE,
        state: 'any',
        expand: ['employerInfo', 'lasttokenissued', 'dateLastLogin', 'skills'],
      },
      permission: 'directory:user:view',
    },
  ],
  division: [
    { path: '/api/v2/authorization/divisions', query: { ...PAGE, objectCount: true }, permission: null },
    {
      path: '/api/v2/authorization/divisions/deleted',
      query: PAGE,
      permission: 'authorization:divisionDeleted:view',
      mark: { deleted: true },
      optional: true,
    },
  ],
  role: [
    {
      path: '/api/v2/authorization/roles',
      query: { ...PAGE, userCount: false },
      permission: 'authorization:role:view',
    },
  ],
  group: [{ path: '/api/v2/groups', query: PAGE, permission: null }],
  queue: [{ path: '/api/v2/routing/queues', query: PAGE, permission: 'routing:queue:view' }],
  skill: [{ path: '/api/v2/routing/skills', query: PAGE, permission: 'routing:skill:view' }],
  // Whether `deleted` adds the deleted flows or lists nothing else is not documented: both readings come out right.
  flow: [
    { path: '/api/v2/flows', query: PAGE, permission: 'architect:flow:view' },
    {
      path: '/api/v2/flows',
      query: { ...PAGE, deleted: true },
      permission: 'architect:flow:view',
      mark: { deleted: true },
      onlyNew: true,
      optional: true,
    },
  ],
  oauth_client: [{ path: '/api/v2/oauth/clients', query: {}, permission: 'oauth:client:view' }],
  integration: [{ path: '/api/v2/integrations', query: PAGE, permission: 'integrations:integration:view' }],
  data_action: [
    {
      path: '/api/v2/integrations/actions',
      query: { ...PAGE, includeConfig: true },
      permission: 'integrations:action:view',
    },
  ],
  trunk: [
    {
      path: '/api/v2/telephony/providers/edges/trunkbasesettings',
      query: { ...PAGE, expand: ['properties'], ignoreHidden: true },
      permission: 'telephony:plugin:all',
      mark: { resource: 'trunk_base' },
    },
    {
      path: '/api/v2/telephony/providers/edges/trunks',
      query: PAGE,
      permission: 'telephony:plugin:all',
      mark: { resource: 'trunk' },
    },
  ],
  licensed_user: [{ path: '/api/v2/license/users', query: PAGE, permission: null }],
  trustee: [
    { path: '/api/v2/orgauthorization/trustees', query: PAGE, permission: 'authorization:orgTrustee:view' },
  ],
} as const satisfies Record<string, readonly ListingPart[]>;

export type PlainKind = keyof typeof LISTINGS;

/** Addresses read once for each parent: `{id}` is the parent's. */
export const NESTED = {
  grant: {
    parent: 'role',
    path: '/api/v2/authorization/roles/{id}/subjectgrants',
    permission: 'authorization:role:view',
  },
  group_member: { parent: 'group', path: '/api/v2/groups/{id}/members', permission: null },
  queue_member: {
    parent: 'queue',
    path: '/api/v2/routing/queues/{id}/members',
    permission: 'routing:queue:view',
  },
} as const;

export type NestedKind = keyof typeof NESTED;

/** Settings of the organisation; each is an item of its own, named by its path. `list`: the value is the array of all its entities. */
export const SETTINGS = [
  { path: '/api/v2/organizations/me', shape: 'one', permission: null },
  {
    path: '/api/v2/organizations/authentication/settings',
    shape: 'one',
    permission: 'directory:organization:admin',
  },
  { path: '/api/v2/tokens/timeout', shape: 'one', permission: null },
  { path: '/api/v2/identityproviders', shape: 'list', permission: 'sso:provider:view' },
  { path: '/api/v2/recording/settings', shape: 'one', permission: null },
  { path: '/api/v2/recording/keyconfigurations', shape: 'list', permission: 'recording:encryptionKey:view' },
  { path: '/api/v2/recording/recordingkeys', shape: 'list', permission: 'recording:encryptionKey:view' },
  {
    path: '/api/v2/recording/recordingkeys/rotationschedule',
    shape: 'one',
    permission: 'recording:encryptionKey:view',
  },
  {
    path: '/api/v2/recording/mediaretentionpolicies',
    shape: 'list',
    permission: 'recording:retentionPolicy:view',
  },
] as const;

export type ListingKind = PlainKind | NestedKind | 'setting';
