import type { Answer, GenesysClient, Query } from './connect';
import { GenesysError } from './model/errors';

/** An address whose answer tells whether a permission is there. `{client}` is the client's own id. */
export type Probe = {
  readonly key: string;
  readonly title: string;
  readonly path: string;
  readonly permission: string | null;
  readonly required?: true;
};

/** What is tried, in the order it is shown. The audit log and the divisions come first: without them nothing else matters. */
export const PROBES: readonly Probe[] = [
  {
    key: 'audit',
    title: 'Audit log',
    path: '/api/v2/audits/query/servicemapping',
    permission: 'audits:audit:view',
    required: true,
  },
  {
    key: 'division',
    title: 'Divisions',
    path: '/api/v2/authorization/divisions',
    permission: null,
    required: true,
  },
  {
    key: 'deleted_division',
    title: 'Deleted divisions',
    path: '/api/v2/authorization/divisions/deleted',
    permission: 'authorization:divisionDeleted:view',
  },
  { key: 'user', title: 'Users', path: '/api/v2/users', permission: 'directory:user:view', required: true },
  {
    key: 'role',
    title: 'Roles and who holds them',
    path: '/api/v2/authorization/roles',
    permission: 'authorization:role:view',
    required: true,
  },
  {
    key: 'grant',
    title: 'The client’s own grants',
    path: '/api/v2/authorization/subjects/{client}',
    permission: 'authorization:grant:view',
  },
  { key: 'group', title: 'Groups', path: '/api/v2/groups', permission: null },
  { key: 'queue', title: 'Queues', path: '/api/v2/routing/queues', permission: 'routing:queue:view' },
  { key: 'skill', title: 'Skills', path: '/api/v2/routing/skills', permission: 'routing:skill:view' },
  { key: 'flow', title: 'Architect flows', path: '/api/v2/flows', permission: 'architect:flow:view' },
  {
    key: 'oauth_client',
    title: 'OAuth clients',
    path: '/api/v2/oauth/clients',
    permission: 'oauth:client:view',
    required: true,
  },
  {
    key: 'integration',
    title: 'Integrations',
    path: '/api/v2/integrations',
    permission: 'integrations:integration:view',
  },
  {
    key: 'data_action',
    title: 'Data actions',
    path: '/api/v2/integrations/actions',
    permission: 'integrations:action:view',
  },
  {
    key: 'trunk',
    title: 'Trunks (TLS and SRTP)',
    path: '/api/v2/telephony/providers/edges/trunkbasesettings',
    permission: 'telephony:plugin:all',
  },
  {
    key: 'identity_provider',
    title: 'Identity providers',
    path: '/api/v2/identityproviders',
    permission: 'sso:provider:view',
  },
  {
    key: 'recording_key',
    title: 'Recording encryption',
    path: '/api/v2/recording/keyconfigurations',
    permission: 'recording:encryptionKey:view',
  },
  {
    key: 'retention',
    title: 'Media retention policies',
    path: '/api/v2/recording/mediaretentionpolicies',
    permission: 'recording:retentionPolicy:view',
  },
  {
    key: 'authentication',
    title: 'Password, MFA and IP settings',
    path: '/api/v2/organizations/authentication/settings',
    permission: 'directory:organization:admin',
  },
  {
    key: 'trustee',
    title: 'Trusted organisations',
    path: '/api/v2/orgauthorization/trustees',
    permission: 'authorization:orgTrustee:view',
  },
  { key: 'licence', title: 'Licences', path: '/api/v2/license/users', permission: null },
];

/** One GET of a probe. */
export function ask(
  client: GenesysClient,
  path: string,
  query: Query,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  return client.get(path, query, { doing: `read ${path}`, ...(signal ? { signal } : {}) });
}

/** What the platform or the network said; anything else, and being stopped, is not ours to report. */
export function mustBeOurs(thrown: unknown): GenesysError {
  if (thrown instanceof GenesysError && thrown.code !== 'aborted') return thrown;
  throw thrown;
}
