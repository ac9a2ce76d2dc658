/** An address of the platform that controls look at, with the permission that reading it needs; null where none is documented. */
export type Endpoint = {
  readonly path: `/api/v2/${string}`;
  readonly query: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** `list`: every page is read and the answer is the array of all entities. */
  readonly shape: 'one' | 'list';
  readonly permission: string | null;
  /** What it tells, for a person. */
  readonly tells: string;
};

const PAGE = { pageSize: 100 } as const;

/** Every address that a control may name as its input. Sources: the platform's own SDK and its list of permissions. */
export const ENDPOINTS = {
  organization: {
    path: '/api/v2/organizations/me',
    query: {},
    shape: 'one',
    permission: null,
    tells: 'The organisation and its features',
  },
  authentication: {
    path: '/api/v2/organizations/authentication/settings',
    query: {},
    shape: 'one',
    permission: 'directory:organization:admin',
    tells: 'Password rules, second factor and addresses people may sign in from',
  },
  tokenTimeout: {
    path: '/api/v2/tokens/timeout',
    query: {},
    shape: 'one',
    permission: null,
    tells: 'After how long an idle session ends',
  },
  identityProviders: {
    path: '/api/v2/identityproviders',
    query: {},
    shape: 'list',
    permission: 'sso:provider:view',
    tells: 'Identity providers for single sign-on and their certificates',
  },
  recordingSettings: {
    path: '/api/v2/recording/settings',
    query: {},
    shape: 'one',
    permission: null,
    tells: 'Where recordings are kept and how long links to them last',
  },
  keyConfigurations: {
    path: '/api/v2/recording/keyconfigurations',
    query: {},
    shape: 'list',
    permission: 'recording:encryptionKey:view',
    tells: 'How recordings are encrypted',
  },
  recordingKeys: {
    path: '/api/v2/recording/recordingkeys',
    query: {},
    shape: 'list',
    permission: 'recording:encryptionKey:view',
    tells: 'The keys of recordings and their age',
  },
  rotationSchedule: {
    path: '/api/v2/recording/recordingkeys/rotationschedule',
    query: {},
    shape: 'one',
    permission: 'recording:encryptionKey:view',
    tells: 'How often keys are rotated',
  },
  retentionPolicies: {
    path: '/api/v2/recording/mediaretentionpolicies',
    query: {},
    shape: 'list',
    permission: 'recording:retentionPolicy:view',
    tells: 'How long recordings are kept',
  },
  trunkBases: {
    path: '/api/v2/telephony/providers/edges/trunkbasesettings',
    query: { ...PAGE, expand: ['properties'], ignoreHidden: true },
    shape: 'list',
    permission: 'telephony:plugin:all',
    tells: 'How trunks are encrypted',
  },
  dataActions: {
    path: '/api/v2/integrations/actions',
    query: { ...PAGE, includeConfig: true },
    shape: 'list',
    permission: 'integrations:action:view',
    tells: 'Where data actions send what, and with which headers',
  },
  oauthClients: {
    path: '/api/v2/oauth/clients',
    query: {},
    shape: 'list',
    permission: 'oauth:client:view',
    tells: 'OAuth clients, their grants, scopes and roles',
  },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;

/** The address of a name; null for an input that the product counts itself. */
export function endpointOf(name: string): Endpoint | null {
  return isEndpoint(name) ? ENDPOINTS[name] : null;
}

export function isEndpoint(name: string): name is EndpointName {
  return Object.hasOwn(ENDPOINTS, name);
}

/** `GET /api/v2/…?…`, as an auditor can ask it again. */
export function askedAs(endpoint: Endpoint): string {
  const query = Object.entries(endpoint.query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => `${name}=${String(one)}`),
  );
  return `GET ${endpoint.path}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}
