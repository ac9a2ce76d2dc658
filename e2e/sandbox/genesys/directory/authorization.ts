import { type Answer, type Exchange, listParam } from '../../http/exchange.ts';
import { type Route, route } from '../../http/routes.ts';
import { directoryInstant, type Sandbox } from '../../sandbox.ts';
import { isoMillis } from '../../world/clock.ts';
import type { Division, Role } from '../../world/shapes.ts';
import { cursorPageOf, pageOf } from '../paging.ts';
import {
  divisionGrants,
  findDivision,
  findRole,
  holders,
  rolesOf,
  roleUsers,
  subject,
  subjectGrants,
} from './grants.ts';

const ROLE_VIEW = 'authorization:role:view';
const GRANT_VIEW = 'authorization:grant:view';

/** Divisions, roles, grants and permissions. */
export function authorizationRoutes(sandbox: Sandbox): Route[] {
  return [
    route('GET /authorization/divisions', (exchange) =>
      pageOf(
        exchange,
        filtered(exchange, divisions(sandbox)).map((division) =>
          divisionBody(sandbox, division, exchange.query.get('objectCount') === 'true'),
        ),
      ),
    ),
    route('GET /authorization/divisions/home', () => ({
      status: 200,
      body: divisions(sandbox)
        .filter((division) => division.homeDivision)
        .map((division) => divisionBody(sandbox, division, false))[0],
    })),
    route('GET /authorization/divisions/query', (exchange) =>
      cursorPageOf(
        exchange,
        divisions(sandbox).map((division) => ({
          ...divisionBody(sandbox, division, false),
          id: division.id,
        })),
      ),
    ),
    route(
      'GET /authorization/divisions/deleted',
      (exchange) =>
        pageOf(
          exchange,
          sandbox.world.divisions
            .gone(directoryInstant(sandbox))
            .map((division) => divisionBody(sandbox, division, false)),
        ),
      'authorization:divisionDeleted:view',
    ),
    route('GET /authorization/divisions/limit', () => ({ status: 200, body: 100 })),
    route('GET /authorization/divisions/:id', (exchange) => ({
      status: 200,
      body: divisionBody(sandbox, findDivision(sandbox, exchange.params.id), true),
    })),
    route(
      'GET /authorization/divisions/:id/grants',
      (exchange) => divisionGrants(sandbox, exchange),
      GRANT_VIEW,
    ),
    route('GET /authorization/roles', (exchange) => listRoles(sandbox, exchange), ROLE_VIEW),
    route(
      'GET /authorization/roles/:id',
      (exchange) => ({ status: 200, body: roleBody(sandbox, findRole(sandbox, exchange.params.id)) }),
      ROLE_VIEW,
    ),
    route('GET /authorization/roles/:id/users', (exchange) => roleUsers(sandbox, exchange)),
    route(
      'GET /authorization/roles/:id/subjectgrants',
      (exchange) => subjectGrants(sandbox, exchange),
      ROLE_VIEW,
    ),
    route(
      'GET /authorization/subjects/rolecounts',
      (exchange) => ({
        status: 200,
        body: Object.fromEntries(
          listParam(exchange.query, 'id').map((id) => [id, rolesOf(sandbox, id).length]),
        ),
      }),
      GRANT_VIEW,
    ),
    route('GET /authorization/subjects/:id', (exchange) => subject(sandbox, exchange), GRANT_VIEW),
    route('GET /authorization/permissions', (exchange) => permissions(sandbox, exchange)),
    route('GET /authorization/policies', () => ({ status: 200, body: { entities: [], pageSize: 25 } })),
    route(
      'GET /orgauthorization/trustees',
      (exchange) =>
        pageOf(exchange, [
          {
            id: sandbox.world.trusteeOrgId,
            enabled: true,
            usesDefaultRole: false,
            dateCreated: isoMillis(sandbox.world.anchor - 200 * 86_400_000),
            organization: { id: sandbox.world.trusteeOrgId, name: 'Contoso Services' },
            selfUri: `/api/v2/orgauthorization/trustees/${sandbox.world.trusteeOrgId}`,
          },
        ]),
      'authorization:orgTrustee:view',
    ),
  ];
}

function divisions(sandbox: Sandbox): Division[] {
  return byName(sandbox.world.divisions.list(directoryInstant(sandbox)));
}

function filtered<T extends { id: string; name: string }>(exchange: Exchange, all: readonly T[]): T[] {
  const ids = listParam(exchange.query, 'id');
  const name = exchange.query.get('name');
  return all.filter(
    (entry) =>
      (ids.length === 0 || ids.includes(entry.id)) &&
      (name === null || entry.name.toLowerCase().includes(name.toLowerCase())),
  );
}

function byName<T extends { name: string }>(all: T[]): T[] {
  return all.sort((left, right) => (left.name < right.name ? -1 : 1));
}

function divisionBody(sandbox: Sandbox, division: Division, counted: boolean): Record<string, unknown> {
  const { world } = sandbox;
  const now = directoryInstant(sandbox);
  const inside = (all: readonly { divisionId: string }[]): number =>
    all.filter((object) => object.divisionId === division.id).length;
  const objectCounts = {
    USER: inside(world.users.list(now).filter((user) => user.state !== 'deleted')),
    QUEUE: inside(world.queues.list(now)),
    FLOW: inside(world.flows.list(now)),
  };
  return {
    id: division.id,
    name: division.name,
    description: division.description,
    homeDivision: division.homeDivision,
    ...(counted ? { objectCounts } : {}),
    selfUri: `/api/v2/authorization/divisions/${division.id}`,
  };
}

function listRoles(sandbox: Sandbox, exchange: Exchange): Answer {
  const permission = exchange.query.get('permission');
  const all = filtered(exchange, byName(sandbox.world.roles.list(directoryInstant(sandbox)))).filter(
    (role) => permission === null || role.permissions.includes(permission),
  );
  const counted = exchange.query.get('userCount') !== 'false';
  return pageOf(
    exchange,
    all.map((role) => ({
      ...roleBody(sandbox, role),
      ...(counted ? { userCount: holders(sandbox, role.id).length } : {}),
    })),
  );
}

function roleBody(sandbox: Sandbox, role: Role): Record<string, unknown> {
  const permissionPolicies = role.permissions.map((permission) => {
    const [domain = '*', entityName = '*', action = '*'] = permission.split(':');
    return { domain, entityName, actionSet: [action], allowConditions: false };
  });
  return {
    id: role.id,
    name: role.name,
    description: role.description,
    defaultRoleId: role.isDefault ? role.name.toLowerCase().replaceAll(' ', '') : '',
    permissions: [],
    permissionPolicies,
    userCount: holders(sandbox, role.id).length,
    roleNeedsUpdate: false,
    base: role.name === 'employee',
    default: role.isDefault,
    selfUri: `/api/v2/authorization/roles/${role.id}`,
  };
}

function permissions(sandbox: Sandbox, exchange: Exchange): Answer {
  const names = new Set(
    sandbox.world.roles
      .list(directoryInstant(sandbox))
      .flatMap((role) => role.permissions)
      .filter((name) => name !== '*'),
  );
  const domains = [...new Set([...names].map((name) => name.split(':')[0] ?? ''))].sort();
  return pageOf(
    exchange,
    domains.map((domain) => ({
      domain,
      permissionMap: {},
      permissions: [...names].filter((name) => name.startsWith(`${domain}:`)),
    })),
  );
}
