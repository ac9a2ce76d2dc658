import type { Drift, NormalisedChange } from './change';

/** What the platform says it audits, for quick asking. */
export type KnownNames = {
  readonly services: ReadonlySet<string>;
  /** `service entityType`. */
  readonly entityTypes: ReadonlySet<string>;
  /** `service entityType action`. */
  readonly actions: ReadonlySet<string>;
};

export type MappedService = {
  readonly name: string;
  readonly entities: readonly { readonly name: string; readonly actions: readonly string[] }[];
};

/** Something seen that is not known, or no longer as known: a row of the schema history, once per name. */
export type Observed = {
  readonly kind:
    | 'unknown_service'
    | 'unknown_entity_type'
    | 'unknown_action'
    | 'service_gone'
    | Drift['kind'];
  readonly name: string;
  readonly detail: string;
};

export function knownNames(services: readonly MappedService[]): KnownNames {
  const entityTypes = services.flatMap((service) =>
    service.entities.map((entity) => `${service.name} ${entity.name}`),
  );
  const actions = services.flatMap((service) =>
    service.entities.flatMap((entity) =>
      entity.actions.map((action) => `${service.name} ${entity.name} ${action}`),
    ),
  );
  return {
    services: new Set(services.map((service) => service.name)),
    entityTypes: new Set(entityTypes),
    actions: new Set(actions),
  };
}

/** What a readable record shows that the mapping does not know. Only the widest unknown is told; null mapping tells nothing. */
export function unknownNames(change: NormalisedChange, known: KnownNames | null): Observed | null {
  if (known === null) return null;
  const { service, entityType, action } = change;
  if (!known.services.has(service))
    return {
      kind: 'unknown_service',
      name: service,
      detail: 'records of a service that the service mapping does not list',
    };
  if (!known.entityTypes.has(`${service} ${entityType}`))
    return {
      kind: 'unknown_entity_type',
      name: `${service}/${entityType}`,
      detail: 'records of an entity type that the service mapping does not list',
    };
  if (!known.actions.has(`${service} ${entityType} ${action}`))
    return {
      kind: 'unknown_action',
      name: `${service}/${entityType}/${action}`,
      detail: 'an action that the service mapping does not list',
    };
  return null;
}

/** Drift of fields as rows of the schema history. */
export function observedDrift(drift: readonly Drift[]): Observed[] {
  return drift.map(({ kind, field, detail }) => ({ kind, name: field, detail }));
}

/** Services the mapping listed before and lists no longer. */
export function servicesGone(before: readonly string[], now: readonly string[]): Observed[] {
  const still = new Set(now);
  return before
    .filter((name) => !still.has(name))
    .map((name) => ({
      kind: 'service_gone',
      name,
      detail: 'the service mapping no longer lists this service',
    }));
}
