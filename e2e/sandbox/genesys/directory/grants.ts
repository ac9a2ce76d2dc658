import { type Answer, type Exchange, Refusal } from '../../http/exchange.ts';
import { directoryInstant, type Sandbox } from '../../sandbox.ts';
import { isoMillis } from '../../world/clock.ts';
import type { Division, Grant, Role } from '../../world/shapes.ts';
import { pageOf } from '../paging.ts';

/** The roles a subject holds directly, each once. */
export function rolesOf(sandbox: Sandbox, subjectId: string): Role[] {
  const now = directoryInstant(sandbox);
  const ids = new Set(
    grants(sandbox)
      .filter((grant) => grant.subjectId === subjectId)
      .map((grant) => grant.roleId),
  );
  return [...ids].map((id) => sandbox.world.roles.get(id, now)).filter((role) => role !== null);
}

/** The division of that id alive now; 404 otherwise. */
export function findDivision(sandbox: Sandbox, id: string | undefined): Division {
  const division = sandbox.world.divisions.get(id ?? '', directoryInstant(sandbox));
  if (division === null) throw new Refusal(404, 'not.found', 'Division not found.');
  return division;
}

/** The role of that id; 404 otherwise. */
export function findRole(sandbox: Sandbox, id: string | undefined): Role {
  const role = sandbox.world.roles.get(id ?? '', directoryInstant(sandbox));
  if (role === null) throw new Refusal(404, 'not.found', 'Role not found.');
  return role;
}

function grants(sandbox: Sandbox): Grant[] {
  return sandbox.world.grants.list(directoryInstant(sandbox));
}

/** The rights that reach a division. */
export function divisionGrants(sandbox: Sandbox, exchange: Exchange): Answer {
  const division = findDivision(sandbox, exchange.params.id);
  const held = grants(sandbox).filter(
    (grant) => grant.divisionId === division.id || grant.divisionId === '*',
  );
  return pageOf(
    exchange,
    held.map((grant) => grantBody(sandbox, grant)),
    { uris: false },
  );
}

/** The ids of the people who hold a role directly. */
export function holders(sandbox: Sandbox, roleId: string): string[] {
  return [
    ...new Set(
      grants(sandbox)
        .filter((grant) => grant.roleId === roleId && grant.subjectType === 'PC_USER')
        .map((grant) => grant.subjectId),
    ),
  ].sort();
}

/** The ids of the people of a role. */
export function roleUsers(sandbox: Sandbox, exchange: Exchange): Answer {
  const role = findRole(sandbox, exchange.params.id);
  return pageOf(
    exchange,
    holders(sandbox, role.id).map((id) => ({ id, selfUri: `/api/v2/users/${id}` })),
    { uris: false },
  );
}

/** Who holds a role, people, groups and clients, with the divisions. */
export function subjectGrants(sandbox: Sandbox, exchange: Exchange): Answer {
  const { world } = sandbox;
  const now = directoryInstant(sandbox);
  const role = findRole(sandbox, exchange.params.id);
  const subjects = new Map<string, Grant[]>();
  for (const grant of grants(sandbox))
    if (grant.roleId === role.id)
      subjects.set(grant.subjectId, [...(subjects.get(grant.subjectId) ?? []), grant]);
  const rows = [...subjects]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([id, held]) => {
      const name =
        world.users.get(id, now)?.name ??
        world.groups.get(id, now)?.name ??
        world.oauthClients.get(id, now)?.name ??
        '';
      const places = held.map((grant) => ({
        id: grant.divisionId,
        name: grant.divisionId === '*' ? '*' : (world.divisions.get(grant.divisionId, now)?.name ?? ''),
      }));
      return { id, name, type: held[0]?.subjectType ?? 'UNKNOWN', divisions: places };
    });
  return pageOf(exchange, rows);
}

/** What one subject holds; with duplicates also what its groups pass on. */
export function subject(sandbox: Sandbox, exchange: Exchange): Answer {
  const { world } = sandbox;
  const now = directoryInstant(sandbox);
  const id = exchange.params.id ?? '';
  const user = world.users.get(id, now);
  const name = user?.name ?? world.groups.get(id, now)?.name ?? world.oauthClients.get(id, now)?.name;
  if (name === undefined) throw new Refusal(404, 'not.found', 'Subject not found.');
  const groupIds = new Set(
    world.groups
      .list(now)
      .filter((group) => group.memberIds.includes(id))
      .map((group) => group.id),
  );
  const direct = grants(sandbox).filter((grant) => grant.subjectId === id);
  const inherited = grants(sandbox).filter((grant) => groupIds.has(grant.subjectId));
  const directKeys = new Set(direct.map((grant) => `${grant.roleId}|${grant.divisionId}`));
  const duplicates = exchange.query.get('includeDuplicates') === 'true';
  const all = [
    ...direct,
    ...inherited.filter((grant) => duplicates || !directKeys.has(`${grant.roleId}|${grant.divisionId}`)),
  ];
  return {
    status: 200,
    body: {
      id,
      name,
      grants: all.map((grant) => grantBody(sandbox, grant)),
      version: user?.version ?? 1,
      selfUri: `/api/v2/authorization/subjects/${id}`,
    },
  };
}

function grantBody(sandbox: Sandbox, grant: Grant): Record<string, unknown> {
  const now = directoryInstant(sandbox);
  const role = sandbox.world.roles.get(grant.roleId, now);
  const division =
    grant.divisionId === '*'
      ? { id: '*', name: '*', description: '' }
      : {
          id: grant.divisionId,
          name: sandbox.world.divisions.get(grant.divisionId, now)?.name ?? '',
          description: '',
        };
  return {
    subjectId: grant.subjectId,
    division,
    role: {
      id: grant.roleId,
      name: role?.name ?? '',
      description: role?.description ?? '',
      default: role?.isDefault ?? false,
      policies: [],
    },
    grantMadeAt: isoMillis(grant.madeAt),
  };
}
