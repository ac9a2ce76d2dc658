import { CLIENTS, type ClientKey } from '../world/access.ts';
import { userId } from '../world/build.ts';
import { uuidOf } from '../world/chance.ts';
import type { ActorKind, World } from '../world/shapes.ts';

/** Who stands behind a record, and how the record shows it. */
export type Actor = {
  readonly kind: ActorKind;
  /** The id by which the product should know the actor; null where nobody can tell. */
  readonly id: string | null;
  readonly userId: string | null;
  readonly clientId: string;
  readonly homeOrgId: string | null;
  readonly ips: readonly string[];
};

/** A person at the Genesys user interface: a user and no client. */
export function person(world: World, name: string): Actor {
  const id = userId(world, name);
  return {
    kind: 'person',
    id,
    userId: id,
    clientId: '',
    homeOrgId: world.orgId,
    ips: [officeAddress(name), '10.27.4.9'],
  };
}

/** A person from an address nobody has seen them use. */
export function personFrom(world: World, name: string, ip: string): Actor {
  return { ...person(world, name), ips: [ip] };
}

/** An OAuth client on its own: user id and client id are both the client's. */
export function automation(world: World, key: ClientKey): Actor {
  const { id } = CLIENTS[key];
  return { kind: 'automation', id, userId: id, clientId: id, homeOrgId: world.orgId, ips: ['203.0.113.80'] };
}

/** An OAuth client where the record names no user at all. */
export function clientOnly(world: World, key: ClientKey): Actor {
  return { ...automation(world, key), userId: null, homeOrgId: null };
}

/** The platform itself. */
export function platform(): Actor {
  return { kind: 'platform', id: null, userId: null, clientId: '', homeOrgId: null, ips: [] };
}

/** Nobody: the record grants access and no one stands behind it. */
export function nobody(): Actor {
  return { kind: 'unknown', id: null, userId: null, clientId: '', homeOrgId: null, ips: [] };
}

/** A member of Genesys' own staff. */
export function genesysSupport(world: World): Actor {
  const id = uuidOf(world.seed, 'user/genesys-support');
  return {
    kind: 'external',
    id,
    userId: id,
    clientId: '',
    homeOrgId: world.genesysOrgId,
    ips: ['192.0.2.17'],
  };
}

/** A consultant of a trusted organisation. */
export function trustee(world: World): Actor {
  const id = uuidOf(world.seed, 'user/contoso-consultant');
  return {
    kind: 'external',
    id,
    userId: id,
    clientId: '',
    homeOrgId: world.trusteeOrgId,
    ips: ['192.0.2.44'],
  };
}

function officeAddress(name: string): string {
  let sum = 0;
  for (const letter of name) sum += letter.codePointAt(0) ?? 0;
  return sum % 3 === 0 ? `203.0.113.${10 + (sum % 40)}` : `198.51.100.${10 + (sum % 90)}`;
}
