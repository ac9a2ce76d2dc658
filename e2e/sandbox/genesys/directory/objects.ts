import { type Answer, type Exchange, listParam } from '../../http/exchange.ts';
import { type Route, route } from '../../http/routes.ts';
import { directoryInstant, type Sandbox } from '../../sandbox.ts';
import { isoMillis } from '../../world/clock.ts';
import type { OAuthClient, Queue } from '../../world/shapes.ts';
import { pageOf } from '../paging.ts';
import { flowBody, flows, flowVersion } from './flows.ts';
import { division, held, sorted, things } from './listing.ts';

/** Groups, queues, skills, flows, data tables and OAuth clients. */
export function objectRoutes(sandbox: Sandbox): Route[] {
  const { world } = sandbox;
  return [
    route('GET /groups', (exchange) =>
      pageOf(
        exchange,
        sorted(world.groups.list(directoryInstant(sandbox))).map((group) => groupBody(sandbox, group.id)),
      ),
    ),
    route('GET /groups/:id', (exchange) => ({
      status: 200,
      body: groupBody(sandbox, exchange.params.id ?? ''),
    })),
    route('GET /groups/:id/members', (exchange) => members(sandbox, exchange, true)),
    route('GET /groups/:id/individuals', (exchange) => members(sandbox, exchange, false)),
    route('GET /routing/queues', (exchange) => queues(sandbox, exchange), 'routing:queue:view'),
    route(
      'GET /routing/queues/:id',
      (exchange) => ({
        status: 200,
        body: queueBody(sandbox, held(sandbox, world.queues, exchange.params.id)),
      }),
      'routing:queue:view',
    ),
    route(
      'GET /routing/queues/:id/members',
      (exchange) => queueMembers(sandbox, exchange),
      'routing:queue:view',
    ),
    route(
      'GET /routing/skills',
      (exchange) => things(sandbox, exchange, world.skills, 'routing/skills'),
      'routing:skill:view',
    ),
    route('GET /flows', (exchange) => flows(sandbox, exchange), 'architect:flow:view'),
    route(
      'GET /flows/:id',
      (exchange) => ({
        status: 200,
        body: flowBody(sandbox, held(sandbox, world.flows, exchange.params.id), false),
      }),
      'architect:flow:view',
    ),
    route(
      'GET /flows/:id/versions',
      (exchange) =>
        pageOf(
          exchange,
          [...held(sandbox, world.flows, exchange.params.id).versions]
            .reverse()
            .map((version) => flowVersion(version, exchange.params.id ?? '')),
        ),
      'architect:flow:view',
    ),
    route(
      'GET /flows/datatables',
      (exchange) => things(sandbox, exchange, world.dataTables, 'flows/datatables'),
      'architect:flow:view',
    ),
    route(
      'GET /oauth/clients',
      (exchange) =>
        pageOf(exchange, sorted(world.oauthClients.list(directoryInstant(sandbox))).map(clientBody), {
          maxPage: 500,
        }),
      'oauth:client:view',
    ),
    route(
      'GET /oauth/clients/:id',
      (exchange) => ({
        status: 200,
        body: clientBody(held(sandbox, world.oauthClients, exchange.params.id)),
      }),
      'oauth:client:view',
    ),
  ];
}

function groupBody(sandbox: Sandbox, id: string): Record<string, unknown> {
  const group = held(sandbox, sandbox.world.groups, id);
  return {
    id,
    name: group.name,
    type: 'official',
    visibility: 'public',
    state: 'active',
    version: group.version,
    rolesEnabled: group.rolesEnabled,
    memberCount: group.memberIds.length,
    rulesVisible: true,
    owners: group.ownerIds.map((ownerId) => ({ id: ownerId })),
    selfUri: `/api/v2/groups/${id}`,
  };
}

function members(sandbox: Sandbox, exchange: Exchange, withOwners: boolean): Answer {
  const group = held(sandbox, sandbox.world.groups, exchange.params.id);
  const ids = [...new Set([...group.memberIds, ...(withOwners ? group.ownerIds : [])])].sort();
  const now = directoryInstant(sandbox);
  return pageOf(
    exchange,
    ids.map((id) => ({
      id,
      name: sandbox.world.users.get(id, now)?.name ?? '',
      selfUri: `/api/v2/users/${id}`,
    })),
  );
}

function queues(sandbox: Sandbox, exchange: Exchange): Answer {
  const divisions = listParam(exchange.query, 'divisionId');
  const ids = listParam(exchange.query, 'id');
  const all = sorted(sandbox.world.queues.list(directoryInstant(sandbox))).filter(
    (queue) =>
      (divisions.length === 0 || divisions.includes(queue.divisionId)) &&
      (ids.length === 0 || ids.includes(queue.id)),
  );
  return pageOf(
    exchange,
    all.map((queue) => queueBody(sandbox, queue)),
  );
}

function queueBody(sandbox: Sandbox, queue: Queue): Record<string, unknown> {
  return {
    id: queue.id,
    name: queue.name,
    division: division(sandbox, queue.divisionId),
    description: queue.description,
    memberCount: queue.memberIds.length,
    acwSettings: { wrapupPrompt: 'OPTIONAL', timeoutMs: 15_000 },
    selfUri: `/api/v2/routing/queues/${queue.id}`,
  };
}

/** This listing lacks total and pageCount: a reader pages until there is no nextUri. */
function queueMembers(sandbox: Sandbox, exchange: Exchange): Answer {
  const queue = held(sandbox, sandbox.world.queues, exchange.params.id);
  const now = directoryInstant(sandbox);
  const rows = [...queue.memberIds].sort().map((id) => ({
    id,
    name: sandbox.world.users.get(id, now)?.name ?? '',
    ringNumber: 1,
    joined: true,
    memberBy: 'user',
    selfUri: `/api/v2/users/${id}`,
  }));
  return pageOf(exchange, rows, { total: false, maxPage: 100 });
}

/** A client without its secret: that is shown once, on creation and on rotation. */
export function clientBody(client: OAuthClient): Record<string, unknown> {
  return {
    id: client.id,
    name: client.name,
    description: client.description,
    authorizedGrantType: client.grantType,
    accessTokenValiditySeconds: client.validitySeconds,
    registeredRedirectUri: [],
    scope: [],
    roleIds: client.roleIds,
    roleDivisions: client.roleIds.map((roleId) => ({ roleId, divisionId: '*' })),
    state: client.state,
    dateCreated: isoMillis(client.createdAt),
    dateModified: isoMillis(client.modifiedAt),
    createdBy: { id: client.createdBy, selfUri: `/api/v2/users/${client.createdBy}` },
    selfUri: `/api/v2/oauth/clients/${client.id}`,
  };
}
