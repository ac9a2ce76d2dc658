/** A type of object that can be given another division, and where it is read. */
export type Movable = {
  /** `objectType` of `POST /authorization/divisions/{id}/objects/{objectType}`. */
  readonly objectType: string;
  readonly path: `/api/v2/${string}`;
};

/** By the entity type of audit records, in lower case without separators. Source: contract 5.3; a test looks each path up in the SDK. */
const MOVABLE: Readonly<Record<string, Movable>> = {
  user: { objectType: 'USER', path: '/api/v2/users/{id}' },
  queue: { objectType: 'QUEUE', path: '/api/v2/routing/queues/{id}' },
  flow: { objectType: 'FLOW', path: '/api/v2/flows/{id}' },
  campaign: { objectType: 'CAMPAIGN', path: '/api/v2/outbound/campaigns/{id}' },
  contactlist: { objectType: 'CONTACTLIST', path: '/api/v2/outbound/contactlists/{id}' },
  dnclist: { objectType: 'DNCLIST', path: '/api/v2/outbound/dnclists/{id}' },
  schedule: { objectType: 'ROUTINGSCHEDULES', path: '/api/v2/architect/schedules/{id}' },
  schedulegroup: { objectType: 'ROUTINGSCHEDULEGROUPS', path: '/api/v2/architect/schedulegroups/{id}' },
  emergencygroup: { objectType: 'EMERGENCYGROUPS', path: '/api/v2/architect/emergencygroups/{id}' },
  ivr: { objectType: 'CALLROUTE', path: '/api/v2/architect/ivrs/{id}' },
  team: { objectType: 'TEAM', path: '/api/v2/teams/{id}' },
};

/** How objects of an entity type are moved, or null where this product does not know. */
export function movableOf(type: string): Movable | null {
  const name = type.toLowerCase().replace(/[^a-z]/g, '');
  return Object.hasOwn(MOVABLE, name) ? (MOVABLE[name] ?? null) : null;
}

/** All that can be moved, for the test that holds them against the SDK. */
export const MOVABLE_TYPES: readonly (Movable & { readonly type: string })[] = Object.entries(MOVABLE).map(
  ([type, movable]) => ({ type, ...movable }),
);
