import { type Answer, type Exchange, isObject, listParam, objectBody, Refusal } from '../../http/exchange.ts';
import { type Route, route } from '../../http/routes.ts';
import { directoryInstant, type Sandbox } from '../../sandbox.ts';
import { newUser } from '../../world/build.ts';
import { isoMillis } from '../../world/clock.ts';
import type { User } from '../../world/shapes.ts';
import { pageOf } from '../paging.ts';
import { rolesOf } from './grants.ts';

const VIEW = 'directory:user:view';

/** People: list, one, state, roles, skills, search. Lists hold active people only unless asked otherwise. */
export function userRoutes(sandbox: Sandbox): Route[] {
  return [
    route('GET /users', (exchange) => list(sandbox, exchange), VIEW),
    route('POST /users/search', (exchange) => search(sandbox, exchange), VIEW),
    route('GET /users/:id', (exchange) => one(sandbox, exchange), VIEW),
    route('GET /users/:id/state', (exchange) => state(sandbox, exchange), VIEW),
    route(
      'GET /users/:id/roles',
      (exchange) => ({
        status: 200,
        body: authorization(sandbox, find(sandbox, exchange, ['active', 'inactive'])),
      }),
      'authorization:grant:view',
    ),
    route(
      'GET /users/:id/routingskills',
      (exchange) => {
        find(sandbox, exchange, ['active', 'inactive']);
        return pageOf(exchange, []);
      },
      VIEW,
    ),
  ];
}

function list(sandbox: Sandbox, exchange: Exchange): Answer {
  hireWhilePaging(sandbox, exchange);
  const wanted = exchange.query.get('state') ?? 'active';
  if (!['active', 'inactive', 'deleted', 'any'].includes(wanted))
    throw new Refusal(400, 'invalid.value', `Unknown state ${wanted}.`);
  const ids = listParam(exchange.query, 'id');
  const expand = listParam(exchange.query, 'expand');
  const users = sandbox.world.users
    .list(directoryInstant(sandbox))
    .filter((user) => wanted === 'any' || user.state === wanted)
    .filter((user) => ids.length === 0 || ids.includes(user.id))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  return pageOf(
    exchange,
    users.map((user) => userBody(sandbox, user, expand)),
  );
}

/** The fault: somebody is hired while a reader turns the page, and sorts before everybody else. */
function hireWhilePaging(sandbox: Sandbox, exchange: Exchange): void {
  const { faults, world } = sandbox;
  if (faults.totalChangesWhilePaging <= 0 || Number(exchange.query.get('pageNumber') ?? 1) < 2) return;
  const number = 900 + faults.totalChangesWhilePaging;
  faults.totalChangesWhilePaging -= 1;
  const id = `00000000-0000-4000-a000-${String(number).padStart(12, '0')}`;
  const user = newUser(world, {
    name: `Newly Hired ${number}`,
    number,
    division: 'Home',
    department: 'Sales',
    title: 'Agent',
  });
  world.users.set(id, Date.now(), { ...user, id });
}

function one(sandbox: Sandbox, exchange: Exchange): Answer {
  const states: User['state'][] =
    exchange.query.get('state') === 'deleted' ? ['deleted'] : ['active', 'inactive'];
  return {
    status: 200,
    body: userBody(sandbox, find(sandbox, exchange, states), listParam(exchange.query, 'expand')),
  };
}

function state(sandbox: Sandbox, exchange: Exchange): Answer {
  const user = find(sandbox, exchange, ['active', 'inactive', 'deleted']);
  return {
    status: 200,
    body: {
      state: user.state,
      version: user.version,
      stateChangeReason: user.stateChangeReason,
      ...(user.stateChangedAt === null ? {} : { stateChangeDate: isoMillis(user.stateChangedAt) }),
    },
  };
}

function search(sandbox: Sandbox, exchange: Exchange): Answer {
  const body = objectBody(exchange);
  const [criterion] = Array.isArray(body.query) ? body.query.filter(isObject) : [];
  const values =
    criterion !== undefined && Array.isArray(criterion.values)
      ? criterion.values.map(String)
      : typeof criterion?.value === 'string'
        ? [criterion.value]
        : [];
  const fields =
    criterion !== undefined && Array.isArray(criterion.fields) ? criterion.fields.map(String) : [];
  const found = sandbox.world.users.list(directoryInstant(sandbox)).filter((user) => {
    if (fields.includes('state')) return values.includes(user.state);
    return (
      user.state === 'active' &&
      (values.length === 0 || values.includes(user.email) || values.includes(user.name))
    );
  });
  const pageSize = Number(body.pageSize ?? 25);
  const pageNumber = Number(body.pageNumber ?? 1);
  const results = found
    .slice((pageNumber - 1) * pageSize, pageNumber * pageSize)
    .map((user) => userBody(sandbox, user, []));
  return {
    status: 200,
    body: {
      results,
      total: found.length,
      pageCount: Math.ceil(found.length / pageSize),
      pageSize,
      pageNumber,
    },
  };
}

/** The person of the path, in one of the given states; 404 otherwise. */
export function find(sandbox: Sandbox, exchange: Exchange, states: readonly User['state'][]): User {
  const user = sandbox.world.users.get(exchange.params.id ?? '', directoryInstant(sandbox));
  if (user === null || !states.includes(user.state))
    throw new Refusal(404, 'not.found', 'Unable to find a user with that userId.');
  return user;
}

/** A person as the API shows one, with what was asked to be expanded. */
export function userBody(sandbox: Sandbox, user: User, expand: readonly string[]): Record<string, unknown> {
  const { world } = sandbox;
  const now = directoryInstant(sandbox);
  const division = world.divisions.get(user.divisionId, now);
  const groups = world.groups.list(now).filter((group) => group.memberIds.includes(user.id));
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    username: user.email,
    division: {
      id: user.divisionId,
      name: division?.name ?? '',
      selfUri: `/api/v2/authorization/divisions/${user.divisionId}`,
    },
    chat: { jabberId: `${user.id}@northwind.example.test` },
    department: user.department,
    title: user.title,
    state: user.state,
    version: user.version,
    acdAutoAnswer: false,
    ...(expand.includes('employerInfo')
      ? { employerInfo: { employeeId: user.employeeId, officialName: user.name } }
      : {}),
    ...(expand.includes('authorization') ? { authorization: authorization(sandbox, user) } : {}),
    ...(expand.includes('groups')
      ? { groups: groups.map((group) => ({ id: group.id, selfUri: `/api/v2/groups/${group.id}` })) }
      : {}),
    ...(expand.includes('skills')
      ? {
          skills: user.skillIds.map((id) => ({
            id,
            name: world.skills.get(id, now)?.name ?? '',
            proficiency: 3,
            state: 'active',
          })),
        }
      : {}),
    ...(expand.includes('lasttokenissued') && user.lastTokenAt !== null
      ? { lastTokenIssued: { dateIssued: isoMillis(user.lastTokenAt) } }
      : {}),
    ...(expand.includes('dateLastLogin') && user.lastLoginAt !== null
      ? { dateLastLogin: isoMillis(user.lastLoginAt) }
      : {}),
    selfUri: `/api/v2/users/${user.id}`,
  };
}

function authorization(sandbox: Sandbox, user: User): Record<string, unknown> {
  return {
    roles: rolesOf(sandbox, user.id).map((role) => ({ id: role.id, name: role.name })),
    unusedRoles: [],
    permissions: [],
    permissionPolicies: [],
  };
}
