import { createHash } from 'node:crypto';

/** A small seeded generator (mulberry32): the same seed gives the same records on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function uuidOf(...parts: (string | number)[]): string {
  const hex = createHash('md5').update(parts.join('/')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const KINDS = [
  { serviceName: 'Directory', entityType: 'User', action: 'Update', property: 'state' },
  { serviceName: 'ContactCenter', entityType: 'Queue', action: 'Update', property: 'description' },
  { serviceName: 'Routing', entityType: 'RoutingSkill', action: 'Create', property: 'name' },
  { serviceName: 'PeoplePermissions', entityType: 'Role', action: 'MemberAdd', property: null },
  { serviceName: 'Telephony', entityType: 'Trunk', action: 'Update', property: 'name' },
  { serviceName: 'Architect', entityType: 'Flow', action: 'Publish', property: 'version' },
] as const;

/** People who act, and things of each kind that are acted upon. */
const PEOPLE = 400;
const THINGS_OF_A_KIND = 10_000;

export type BenchPlan = {
  readonly orgId: string;
  readonly count: number;
  readonly from: Date;
  readonly to: Date;
  readonly seed?: number;
  readonly pageSize?: number;
  /** How many people act; few of them work without a break. */
  readonly people?: number;
};

/** Result pages of an audit query as bytes, about 1.5 KB of JSON a record, in ascending event time. */
export function* auditPages(plan: BenchPlan): Generator<Buffer> {
  const { orgId, count, seed = 1, pageSize = 500, people = PEOPLE } = plan;
  const random = seeded(seed);
  const step = (plan.to.getTime() - plan.from.getTime()) / count;
  for (let start = 0; start < count; start += pageSize) {
    const entities = Array.from({ length: Math.min(pageSize, count - start) }, (_, offset) =>
      record({
        orgId,
        seed,
        index: start + offset,
        at: new Date(plan.from.getTime() + (start + offset) * step),
        random,
        people,
      }),
    );
    yield Buffer.from(
      JSON.stringify({
        id: uuidOf('query', seed),
        pageSize,
        cursor: start + pageSize < count ? `c${start}` : undefined,
        entities,
      }),
    );
  }
}

/** Everything the records can speak of, under its name. */
export function entitiesOf(): { entityType: string; id: string; name: string }[] {
  const people = Array.from({ length: PEOPLE }, (_, index) => uuidOf('user', index));
  return [
    ...people.map((id) => ({ entityType: 'User', id, name: personName(id) })),
    ...KINDS.flatMap(({ entityType }) =>
      Array.from({ length: THINGS_OF_A_KIND }, (_, index) => {
        const id = uuidOf('entity', entityType, index);
        return { entityType, id, name: thingName(entityType, id) };
      }),
    ),
  ];
}

function personName(id: string): string {
  return `Person ${id.slice(0, 4)}`;
}

function thingName(entityType: string, id: string): string {
  return `${entityType} ${id.slice(0, 6)}`;
}

function record(input: {
  orgId: string;
  seed: number;
  index: number;
  at: Date;
  random: () => number;
  people: number;
}): object {
  const { orgId, seed, index, at, random, people } = input;
  const kind = KINDS[Math.floor(random() * KINDS.length)]!;
  const platform = random() < 0.5;
  const actor = uuidOf('user', Math.floor(random() * people));
  const entityId = uuidOf('entity', kind.entityType, Math.floor(random() * THINGS_OF_A_KIND));
  const words = Array.from({ length: 24 }, () => Math.floor(random() * 4_294_967_296).toString(36)).join(' ');
  return {
    id: uuidOf('audit', seed, index),
    userHomeOrgId: platform ? undefined : orgId,
    user: platform ? {} : { id: actor, name: personName(actor), selfUri: `/api/v2/users/${actor}` },
    client: { id: '' },
    remoteIp: platform ? [] : ['203.0.113.24', '10.27.4.9'],
    serviceName: kind.serviceName,
    level: platform ? 'SYSTEM' : 'USER',
    eventDate: `${at.toISOString().slice(0, 19)}Z`,
    action: kind.action,
    entity: {
      id: entityId,
      name: kind.entityType === 'User' ? '' : thingName(kind.entityType, entityId),
      selfUri: `/api/v2/x/${entityId}`,
    },
    entityType: kind.entityType,
    status: 'SUCCESS',
    application: '',
    initiatingAction: {},
    transactionInitiator: false,
    propertyChanges: kind.property
      ? [
          { property: 'version', oldValues: [String(index)], newValues: [String(index + 1)] },
          {
            property: kind.property,
            oldValues: [words.slice(0, 60)],
            newValues: [random() < 0.6 ? `${words} CHG${String(1_000_000 + (index % 5_000))}` : words],
          },
        ]
      : [],
    context: { origin: words.slice(0, 120), trace: uuidOf('trace', index) },
    entityChanges: [],
    message: { message: words, messageParams: {} },
  };
}
