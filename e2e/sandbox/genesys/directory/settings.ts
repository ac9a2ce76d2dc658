import { type Answer, type Exchange, Refusal } from '../../http/exchange.ts';
import { type Route, route } from '../../http/routes.ts';
import { directoryInstant, type Sandbox } from '../../sandbox.ts';
import { conversationOf } from '../../world/conversations.ts';
import { pageOf } from '../paging.ts';

const LICENSES = ['cloudCX3', 'recordingStorage'];

/** Compliance settings (section 6), licences, limits, organisation and conversations. */
export function settingsRoutes(sandbox: Sandbox): Route[] {
  const { settings } = sandbox.world;
  const plain = (key: string) => (): Answer => ({ status: 200, body: settings.get(key) });
  const listed =
    (key: string) =>
    (exchange: Exchange): Answer => {
      const all = settings.get(key);
      return pageOf(exchange, Array.isArray(all) ? all : []);
    };
  const admin = 'directory:organization:admin';
  return [
    route('GET /organizations/me', () => ({ status: 200, body: organisation(sandbox) })),
    route('GET /tokens/me', (exchange) => ({ status: 200, body: tokenInfo(sandbox, exchange) })),
    route('GET /organizations/authentication/settings', plain('authentication'), admin),
    route('GET /organizations/ipaddressauthentication', plain('ipAddressAuthentication'), admin),
    route('GET /tokens/timeout', plain('tokenTimeout')),
    route('GET /identityproviders', listed('identityProviders'), 'sso:provider:view'),
    route('GET /identityproviders/:id', (exchange) => provider(sandbox, exchange), 'sso:provider:view'),
    route('GET /recording/settings', plain('recordingSettings')),
    route('GET /recording/keyconfigurations', listed('keyConfigurations'), 'recording:encryptionKey:view'),
    route('GET /recording/recordingkeys', listed('recordingKeys'), 'recording:encryptionKey:view'),
    route(
      'GET /recording/recordingkeys/rotationschedule',
      plain('rotationSchedule'),
      'recording:encryptionKey:view',
    ),
    route(
      'GET /recording/mediaretentionpolicies',
      listed('mediaRetentionPolicies'),
      'recording:retentionPolicy:view',
    ),
    route(
      'GET /recording/crossplatform/mediaretentionpolicies',
      (exchange) => pageOf(exchange, []),
      'recording:retentionPolicy:view',
    ),
    route('GET /license/users', (exchange) => licensedUsers(sandbox, exchange)),
    route('GET /license/definitions', () =>
      licence(
        sandbox,
        LICENSES.map((id) => ({
          id,
          description: id,
          permissions: { ids: [] },
          prerequisites: [],
          comprises: [],
        })),
      ),
    ),
    route('GET /license/organization', () =>
      licence(sandbox, { [LICENSES[0] ?? '']: licensed(sandbox).length }),
    ),
    route('GET /organizations/limits/namespaces', () => ({
      status: 200,
      body: { entities: ['client.credentials', 'audits'] },
    })),
    route('GET /organizations/limits/namespaces/:namespace', (exchange) => ({
      status: 200,
      body: limits(sandbox, exchange),
    })),
    route('GET /organizations/limits/namespaces/:namespace/defaults', (exchange) => ({
      status: 200,
      body: limits(sandbox, exchange),
    })),
    route('GET /organizations/limits/docs', () => ({
      status: 200,
      body: { url: 'https://docs.example.test/limits' },
    })),
    route(
      'GET /conversations/:id',
      (exchange) => conversation(sandbox, exchange),
      'conversation:communication:view',
    ),
    route(
      'GET /analytics/conversations/:id/details',
      (exchange) => conversationDetails(sandbox, exchange),
      'analytics:conversationDetail:view',
    ),
  ];
}

function organisation(sandbox: Sandbox): Record<string, unknown> {
  return {
    id: sandbox.world.orgId,
    name: 'Northwind Contact',
    thirdPartyOrgName: 'northwind',
    domain: 'northwind.example.test',
    version: 7,
    state: 'active',
    defaultLanguage: 'en-us',
    defaultCountryCode: 'IE',
    defaultSiteId: '',
    voicemailEnabled: true,
    productPlatform: 'PureCloud',
    features: { hipaa: true, pci: true, purecloud: true, realtimeCIC: false },
    selfUri: `/api/v2/organizations/${sandbox.world.orgId}`,
  };
}

function tokenInfo(sandbox: Sandbox, exchange: Exchange): Record<string, unknown> {
  const client = sandbox.world.oauthClients.get(exchange.caller?.clientId ?? '', Date.now());
  const organization = { id: sandbox.world.orgId, name: 'Northwind Contact' };
  return {
    organization,
    homeOrganization: organization,
    authorizedScope: [],
    OAuthClient: { id: client?.id, name: client?.name, organization },
  };
}

function provider(sandbox: Sandbox, exchange: Exchange): Answer {
  const all = sandbox.world.settings.get('identityProviders');
  const found = (Array.isArray(all) ? all : []).find(
    (entry: { id?: string }) => entry.id === exchange.params.id,
  );
  if (found === undefined) throw new Refusal(404, 'not.found', 'Identity provider not configured.');
  return { status: 200, body: found };
}

function licensed(sandbox: Sandbox): string[] {
  return sandbox.world.users
    .list(directoryInstant(sandbox))
    .filter((user) => user.state !== 'deleted')
    .map((user) => user.id)
    .sort();
}

function licensedUsers(sandbox: Sandbox, exchange: Exchange): Answer {
  refuseLicense(sandbox);
  return pageOf(
    exchange,
    licensed(sandbox).map((id) => ({ id, licenses: LICENSES, selfUri: `/api/v2/license/users/${id}` })),
  );
}

function licence(sandbox: Sandbox, body: unknown): Answer {
  refuseLicense(sandbox);
  return { status: 200, body };
}

function refuseLicense(sandbox: Sandbox): void {
  const { licenseStatus } = sandbox.faults;
  if (licenseStatus > 0)
    throw new Refusal(
      licenseStatus,
      licenseStatus === 404 ? 'not.found' : 'not.authorized',
      'Licences are not available.',
    );
}

function limits(sandbox: Sandbox, exchange: Exchange): Record<string, unknown> {
  const namespace = exchange.params.namespace ?? '';
  const values =
    namespace === 'client.credentials'
      ? { 'client.credentials.token.rate.per.minute': sandbox.settings.ratePerMinute }
      : {};
  return { entities: Object.entries(values).map(([key, value]) => ({ key, value, namespace })) };
}

function conversation(sandbox: Sandbox, exchange: Exchange): Answer {
  refuseConversation(sandbox);
  const found = conversationOf(sandbox.world, exchange.params.id ?? '');
  if (found === null) throw new Refusal(404, 'not.found', 'Conversation not found.');
  return { status: 200, body: found.body };
}

function conversationDetails(sandbox: Sandbox, exchange: Exchange): Answer {
  refuseConversation(sandbox);
  const found = conversationOf(sandbox.world, exchange.params.id ?? '');
  if (found === null) throw new Refusal(404, 'not.found', 'Conversation not found.');
  return { status: 200, body: found.details };
}

function refuseConversation(sandbox: Sandbox): void {
  const { conversationStatus } = sandbox.faults;
  if (conversationStatus > 0)
    throw new Refusal(conversationStatus, 'internal.server.error', 'Conversations are not available.');
}
