import { type Answer, type Exchange, isObject, objectBody, Refusal } from '../../http/exchange.ts';
import type { Sandbox } from '../../sandbox.ts';
import { uuidOf } from '../../world/chance.ts';
import { held } from '../directory/listing.ts';
import { clientBody } from '../directory/objects.ts';
import type { TokenDesk } from '../tokens.ts';
import { record } from './record.ts';

/**
 * The whole client is replaced: what is not sent is gone, as the roles are when a careless caller leaves them out. A state other
 * than active ends its tokens at once. There is no version: the last writer wins.
 */
export function putClient(sandbox: Sandbox, tokens: TokenDesk, exchange: Exchange): Answer {
  const client = held(sandbox, sandbox.world.oauthClients, exchange.params.id);
  const body = objectBody(exchange);
  if (typeof body.name !== 'string' || typeof body.authorizedGrantType !== 'string')
    throw new Refusal(400, 'bad.request', 'name and authorizedGrantType are required.');
  const state = body.state === 'disabled' || body.state === 'inactive' ? body.state : 'active';
  const after = sandbox.world.oauthClients.patch(client.id, Date.now(), {
    name: body.name,
    state,
    modifiedAt: Date.now(),
    description: typeof body.description === 'string' ? body.description : '',
    roleIds: rolesSent(body),
    validitySeconds:
      typeof body.accessTokenValiditySeconds === 'number' ? body.accessTokenValiditySeconds : 86_400,
  });
  if (state !== 'active') tokens.revokeClient(client.id);
  record(sandbox, exchange, [
    {
      service: 'PeoplePermissions',
      action: 'Update',
      target: { entityType: 'OAuthClient', id: client.id, name: client.name },
      changes: [{ property: 'state', oldValues: [client.state], newValues: [state] }],
    },
  ]);
  return { status: 200, body: clientBody(after) };
}

function rolesSent(body: Record<string, unknown>): string[] {
  if (Array.isArray(body.roleDivisions))
    return [...new Set(body.roleDivisions.filter(isObject).map((entry) => String(entry.roleId)))];
  return Array.isArray(body.roleIds) ? body.roleIds.map(String) : [];
}

/** The only answer, besides creation, that shows a secret. */
export function rotateSecret(sandbox: Sandbox, exchange: Exchange): Answer {
  const client = held(sandbox, sandbox.world.oauthClients, exchange.params.id);
  const secret = uuidOf(sandbox.world.seed, `rotated/${client.id}/${Date.now()}`);
  const after = sandbox.world.oauthClients.patch(client.id, Date.now(), { secret, modifiedAt: Date.now() });
  record(sandbox, exchange, [
    {
      service: 'PeoplePermissions',
      action: 'Update',
      target: { entityType: 'OAuthClient', id: client.id, name: client.name },
      changes: [{ property: 'secret', oldValues: [], newValues: [] }],
    },
  ]);
  return { status: 200, body: { ...clientBody(after), secret } };
}

/** Deletes a client for good. */
export function deleteClient(sandbox: Sandbox, tokens: TokenDesk, exchange: Exchange): Answer {
  const client = held(sandbox, sandbox.world.oauthClients, exchange.params.id);
  sandbox.world.oauthClients.set(client.id, Date.now(), null);
  tokens.revokeClient(client.id);
  const changes = [
    { property: 'deleted_on', newValues: [new Date().toISOString()] },
    { property: 'scopes', oldValues: ['[]'] },
  ];
  record(sandbox, exchange, [
    {
      service: 'PeoplePermissions',
      action: 'Delete',
      target: { entityType: 'OAuthClient', id: client.id, name: client.name },
      changes,
    },
  ]);
  return { status: 204 };
}
