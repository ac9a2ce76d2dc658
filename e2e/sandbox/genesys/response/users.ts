import type { Target } from '../../history/planter.ts';
import { type Answer, type Exchange, objectBody, Refusal } from '../../http/exchange.ts';
import type { Sandbox } from '../../sandbox.ts';
import type { User } from '../../world/shapes.ts';
import { find, userBody } from '../directory/users.ts';
import { record } from './record.ts';

const USER_STATES: User['state'][] = ['active', 'inactive', 'deleted'];

function userTarget(user: User): Target {
  return { entityType: 'User', id: user.id, name: '', nameAtEvent: user.name };
}

/** Ends all tokens of a person. */
export function revokeTokens(sandbox: Sandbox, exchange: Exchange): Answer {
  const user = find(sandbox, exchange, USER_STATES);
  sandbox.world.users.patch(user.id, Date.now(), { lastTokenAt: null });
  record(sandbox, exchange, [
    {
      service: 'PeoplePermissions',
      action: 'Revoke',
      target: { entityType: 'AccessToken', id: user.id, name: user.name },
    },
  ]);
  return { status: 204 };
}

/** State alone is applied when it is present. A wrong version is refused, in turn as 409 and as 400. */
export function patchUser(sandbox: Sandbox, exchange: Exchange): Answer {
  const { world, faults } = sandbox;
  const user = find(sandbox, exchange, USER_STATES);
  const body = objectBody(exchange);
  if (body.version === undefined && exchange.method === 'PATCH')
    throw new Refusal(400, 'bad.request', 'version is required.');
  const forced = faults.versionConflicts > 0;
  if (forced) faults.versionConflicts -= 1;
  if (forced || (body.version !== undefined && body.version !== user.version)) {
    sandbox.conflicts += 1;
    throw sandbox.conflicts % 2 === 1
      ? new Refusal(409, 'general.conflict', 'The user was changed by another request.')
      : new Refusal(
          400,
          'bad.request',
          `The version ${String(body.version)} does not match the current version ${user.version}.`,
        );
  }
  const now = Date.now();
  const version = [
    { property: 'version', oldValues: [String(user.version)], newValues: [String(user.version + 1)] },
  ];
  if (typeof body.state === 'string') {
    const state = USER_STATES.find((known) => known === body.state);
    if (state === undefined) throw new Refusal(400, 'invalid.value', `Unknown state ${body.state}.`);
    const reason = typeof body.stateChangeReason === 'string' ? body.stateChangeReason : 'Unknown';
    const after = world.users.patch(user.id, now, {
      state,
      version: user.version + 1,
      stateChangedAt: now,
      stateChangeReason: reason,
    });
    record(sandbox, exchange, [
      {
        service: 'Directory',
        action: state === 'deleted' ? 'Delete' : 'Update',
        target: userTarget(user),
        changes: [...version, { property: 'state', oldValues: [user.state], newValues: [state] }],
      },
    ]);
    return {
      status: 200,
      body:
        exchange.method === 'PUT'
          ? { state, version: after.version, stateChangeReason: reason }
          : userBody(sandbox, after, []),
    };
  }
  const change: Partial<User> = {
    version: user.version + 1,
    ...(typeof body.title === 'string' ? { title: body.title } : {}),
    ...(typeof body.department === 'string' ? { department: body.department } : {}),
    ...(typeof body.name === 'string' ? { name: body.name } : {}),
  };
  const after = world.users.patch(user.id, now, change);
  record(sandbox, exchange, [
    { service: 'Directory', action: 'Update', target: userTarget(user), changes: version },
  ]);
  return { status: 200, body: userBody(sandbox, after, []) };
}

/** Sets a new password. */
export function setPassword(sandbox: Sandbox, exchange: Exchange): Answer {
  const user = find(sandbox, exchange, ['active', 'inactive']);
  if (typeof objectBody(exchange).newPassword !== 'string')
    throw new Refusal(400, 'bad.request', 'newPassword is required.');
  record(sandbox, exchange, [
    {
      service: 'PeoplePermissions',
      action: 'ChangePassword',
      target: { entityType: 'AuthUser', id: user.id, name: user.name },
    },
  ]);
  return { status: 204 };
}
