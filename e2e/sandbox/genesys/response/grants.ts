import { publish } from '../../control/acts.ts';
import { platform } from '../../history/actors.ts';
import { type Event, Planter } from '../../history/planter.ts';
import { type Answer, type Exchange, isObject, objectBody } from '../../http/exchange.ts';
import type { Sandbox } from '../../sandbox.ts';
import { grant, revoke } from '../../world/access.ts';
import type { SubjectType } from '../../world/shapes.ts';
import { findRole } from '../directory/grants.ts';
import { held } from '../directory/listing.ts';
import { idsOf, record } from './record.ts';

/** Direct grants only; what a group passes on stays. The record's name is the composite of three ids and its diff is empty. */
export function changeGrants(
  sandbox: Sandbox,
  exchange: Exchange,
  action: 'MemberAdd' | 'MemberRemove',
): Answer {
  const { world } = sandbox;
  const subjectId = exchange.params.id ?? '';
  const body = objectBody(exchange);
  const asked = Array.isArray(body.grants) ? body.grants.filter(isObject) : [];
  const subjectType = (exchange.query.get('subjectType') ?? 'PC_USER') as SubjectType;
  const events = asked.flatMap((entry) => {
    const right = { subjectId, roleId: String(entry.roleId), divisionId: String(entry.divisionId) };
    const role = findRole(sandbox, right.roleId);
    // What changes nothing is answered all the same, and leaves no record.
    if (holds(sandbox, right) === (action === 'MemberAdd')) return [];
    if (action === 'MemberAdd') grant(world, { ...right, subjectType, madeAt: Date.now() });
    else revoke(world, right, Date.now());
    return [roleEvent(sandbox, action, { subjectId, roleId: role.id, roleName: role.name })];
  });
  record(sandbox, exchange, events);
  return { status: 204 };
}

function holds(sandbox: Sandbox, right: { subjectId: string; roleId: string; divisionId: string }): boolean {
  return sandbox.world.grants
    .list(Date.now())
    .some(
      (grant) =>
        grant.subjectId === right.subjectId &&
        grant.roleId === right.roleId &&
        grant.divisionId === right.divisionId,
    );
}

/** Takes one grant away. */
export function removeGrant(sandbox: Sandbox, exchange: Exchange): Answer {
  const { id = '', division = '', role: roleId = '' } = exchange.params;
  const role = findRole(sandbox, roleId);
  const right = { subjectId: id, roleId, divisionId: division };
  if (!holds(sandbox, right)) return { status: 204 };
  revoke(sandbox.world, right, Date.now());
  record(sandbox, exchange, [
    roleEvent(sandbox, 'MemberRemove', { subjectId: id, roleId, roleName: role.name }),
  ]);
  return { status: 204 };
}

/** Takes a role from several people, in every division. */
export function removeFromRole(sandbox: Sandbox, exchange: Exchange): Answer {
  const role = findRole(sandbox, exchange.params.id);
  const ids = idsOf(exchange);
  for (const right of sandbox.world.grants.list(Date.now()))
    if (right.roleId === role.id && ids.includes(right.subjectId)) revoke(sandbox.world, right, Date.now());
  record(
    sandbox,
    exchange,
    ids.map((subjectId) =>
      roleEvent(sandbox, 'MemberRemove', { subjectId, roleId: role.id, roleName: role.name }),
    ),
  );
  return { status: 200, body: ids };
}

function roleEvent(
  sandbox: Sandbox,
  action: string,
  parts: { subjectId: string; roleId: string; roleName: string },
): Omit<Event, 'key' | 'at' | 'actor'> {
  return {
    service: 'PeoplePermissions',
    action,
    target: {
      entityType: 'Role',
      id: parts.roleId,
      name: `${parts.subjectId}--${parts.roleId}--${sandbox.world.orgId}`,
      nameAtEvent: parts.roleName,
    },
  };
}

/** Adds or removes members: three records that share a correlation id. */
export function changeGroup(sandbox: Sandbox, exchange: Exchange, adding: boolean): Answer {
  const { world } = sandbox;
  const group = held(sandbox, world.groups, exchange.params.id);
  const body = objectBody(exchange);
  const ids = adding
    ? Array.isArray(body.memberIds)
      ? body.memberIds.map(String)
      : []
    : exchange.query.getAll('ids').flatMap((part) => part.split(','));
  const memberIds = adding
    ? [...new Set([...group.memberIds, ...ids])]
    : group.memberIds.filter((id) => !ids.includes(id));
  world.groups.patch(group.id, Date.now(), { memberIds, version: group.version + 1 });
  const correlationId = exchange.correlationId;
  const target = { entityType: 'DirectoryGroup', id: group.id, name: '', nameAtEvent: group.name };
  const common = { service: 'Groups', action: 'Update', target, context: { correlationId } };
  record(sandbox, exchange, [
    { ...common, changes: [{ property: 'individuals', oldValues: [], newValues: [] }] },
    {
      ...common,
      changes: [{ property: 'group-membership', oldValues: [], newValues: [`["[${ids.join(', ')}]"]`] }],
    },
  ]);
  const planter = new Planter(world);
  planter.platform({
    ...common,
    key: 'api',
    at: Date.now(),
    actor: platform(),
    changes: [
      {
        property: 'memberCount',
        oldValues: [String(group.memberIds.length)],
        newValues: [String(memberIds.length)],
      },
    ],
    context: { correlationId, userid: exchange.caller?.clientId ?? '' },
    marks: ['companion'],
  });
  publish(sandbox, planter.planted);
  return adding ? { status: 202, body: {} } : { status: 200, body: {} };
}
