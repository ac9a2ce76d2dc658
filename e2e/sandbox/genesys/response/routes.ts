import { type Route, route } from '../../http/routes.ts';
import type { Sandbox } from '../../sandbox.ts';
import type { TokenDesk } from '../tokens.ts';
import { deleteClient, putClient, rotateSecret } from './clients.ts';
import { changeGrants, changeGroup, removeFromRole, removeGrant } from './grants.ts';
import { moveObjects } from './objects.ts';
import { patchUser, revokeTokens, setPassword } from './users.ts';

/** The acts of contract section 7. Each changes the state and leaves audit records by the calling client, in the grammars of 3.5. */
export function responseRoutes(sandbox: Sandbox, tokens: TokenDesk): Route[] {
  return [
    route('DELETE /tokens/:id', (exchange) => revokeTokens(sandbox, exchange), 'oauth:token:delete'),
    route('PATCH /users/:id', (exchange) => patchUser(sandbox, exchange), 'directory:user:edit'),
    route('PUT /users/:id/state', (exchange) => patchUser(sandbox, exchange), 'directory:user:edit'),
    route(
      'POST /users/:id/password',
      (exchange) => setPassword(sandbox, exchange),
      'directory:user:setPassword',
    ),
    route(
      'POST /authorization/subjects/:id/bulkremove',
      (exchange) => changeGrants(sandbox, exchange, 'MemberRemove'),
      'authorization:grant:delete',
    ),
    route(
      'POST /authorization/subjects/:id/bulkadd',
      (exchange) => changeGrants(sandbox, exchange, 'MemberAdd'),
      'authorization:grant:add',
    ),
    route(
      'DELETE /authorization/subjects/:id/divisions/:division/roles/:role',
      (exchange) => removeGrant(sandbox, exchange),
      'authorization:grant:delete',
    ),
    route(
      'PUT /authorization/roles/:id/users/remove',
      (exchange) => removeFromRole(sandbox, exchange),
      'authorization:grant:delete',
    ),
    route('PUT /oauth/clients/:id', (exchange) => putClient(sandbox, tokens, exchange), 'oauth:client:edit'),
    route(
      'POST /oauth/clients/:id/secret',
      (exchange) => rotateSecret(sandbox, exchange),
      'oauth:client:edit',
    ),
    route(
      'DELETE /oauth/clients/:id',
      (exchange) => deleteClient(sandbox, tokens, exchange),
      'oauth:client:delete',
    ),
    route(
      'POST /authorization/divisions/:id/objects/:type',
      (exchange) => moveObjects(sandbox, exchange),
      'authorization:division:edit',
    ),
    route(
      'POST /groups/:id/members',
      (exchange) => changeGroup(sandbox, exchange, true),
      'directory:group:edit',
    ),
    route(
      'DELETE /groups/:id/members',
      (exchange) => changeGroup(sandbox, exchange, false),
      'directory:group:edit',
    ),
  ];
}
