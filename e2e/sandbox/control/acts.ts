import { type Actor, automation, person, personFrom, platform } from '../history/actors.ts';
import { type Event, NO_CITATION, Planter } from '../history/planter.ts';
import type { Planted } from '../history/record.ts';
import { Refusal } from '../http/exchange.ts';
import type { Sandbox } from '../sandbox.ts';
import { type RecordTruth, recordTruth } from '../truth.ts';
import { grant, roleId } from '../world/access.ts';
import { divisionId, queueId, userId } from '../world/build.ts';
import { agentName } from '../world/cast.ts';
import { cycle, uuidOf } from '../world/chance.ts';
import { pushLive } from './push.ts';

const KINDS = [
  'self-move',
  'move',
  'queue-edit',
  'role-grant',
  'trunk-delete',
  'oauth-create',
  'skill-edit',
  'login',
  'rename-queue',
  'rename-division',
  'delete-division',
  'deactivate-user',
] as const;
type Kind = (typeof KINDS)[number];

/** What happens by itself while the sandbox lives: mostly harmless, mostly approved. */
const RANDOM: readonly Kind[] = [
  'skill-edit',
  'queue-edit',
  'login',
  'skill-edit',
  'role-grant',
  'queue-edit',
  'login',
  'skill-edit',
  'move',
];

/**
 * Performs something now: the state changes and audit records appear at this instant (plus the lag of the fault `lagMs`).
 * Body: `kind`, optionally `actor` (a named person, or `pipeline`), `target` (a name), `division`, `cite` (a text put into the record).
 */
export function act(
  sandbox: Sandbox,
  body: Record<string, unknown>,
): { kind: string; records: RecordTruth[] } {
  const asked = String(body.kind ?? 'random');
  const kind = asked === 'random' ? cycle(RANDOM, sandbox.acts) : KINDS.find((name) => name === asked);
  if (kind === undefined)
    throw new Refusal(400, 'bad.request', `unknown act; there are: random, ${KINDS.join(', ')}`);
  sandbox.acts += 1;
  const scene: Live = { sandbox, planter: new Planter(sandbox.world), at: Date.now(), body, n: sandbox.acts };
  PERFORM[kind](scene);
  return { kind, records: publish(sandbox, scene.planter.planted).map(recordTruth) };
}

/** Gives live records ids of their own and puts them into the store, visible after the lag. */
export function publish(sandbox: Sandbox, planted: readonly Planted[]): Planted[] {
  const made = planted.map((entry, index) => ({
    ...entry,
    record: {
      ...entry.record,
      id: uuidOf(sandbox.world.seed, `live/${sandbox.live.length + index}/${Date.now()}`),
    },
    visibleAt: Date.now() + sandbox.faults.lagMs,
  }));
  sandbox.store.add(made);
  sandbox.live.push(...made);
  pushLive(sandbox, made);
  return made;
}

type Live = {
  readonly sandbox: Sandbox;
  readonly planter: Planter;
  readonly at: number;
  readonly body: Record<string, unknown>;
  readonly n: number;
};

const PERFORM: Record<Kind, (scene: Live) => void> = {
  'self-move': (scene) => {
    const name = text(scene, 'actor', 'Bruno Alves');
    move(scene, personFrom(scene.sandbox.world, name, '192.0.2.77'), name, ['self-move', 'live']);
  },
  move: (scene) =>
    move(scene, actorOf(scene, 'Priya Nair'), text(scene, 'target', agentName(20 + (scene.n % 40))), [
      'live',
    ]),
  'queue-edit': (scene) => {
    const name = text(
      scene,
      'target',
      cycle(['EMEA Sales Voice', 'US Support Voice', 'Card Payments', 'EMEA Support Chat'], scene.n),
    );
    change(scene, {
      service: 'ContactCenter',
      action: 'Update',
      target: { entityType: 'Queue', id: queueId(scene.sandbox.world, name), name },
      changes: [
        { property: 'alertingTimeoutSeconds', oldValues: ['8'], newValues: [String(9 + (scene.n % 20))] },
      ],
    });
  },
  'role-grant': (scene) => {
    const { world } = scene.sandbox;
    const member = userId(world, text(scene, 'target', agentName(scene.n % 80)));
    const role = roleId(world, text(scene, 'role', 'Supervisor'));
    grant(world, {
      subjectId: member,
      subjectType: 'PC_USER',
      roleId: role,
      divisionId: '*',
      madeAt: scene.at,
    });
    change(scene, {
      service: 'PeoplePermissions',
      action: 'MemberAdd',
      target: {
        entityType: 'Role',
        id: role,
        name: `${member}--${role}--${world.orgId}`,
        nameAtEvent: text(scene, 'role', 'Supervisor'),
      },
    });
  },
  'trunk-delete': (scene) => {
    const { world } = scene.sandbox;
    const name = text(scene, 'target', 'SBC-Dallas-2');
    const id = uuidOf(world.seed, `trunk/${name}`);
    if (world.trunks.get(id, scene.at) !== null) world.trunks.set(id, scene.at, null);
    change(scene, {
      service: 'Telephony',
      action: 'Delete',
      target: { entityType: 'Trunk', id, name },
      marks: ['trunk-deletion', 'live'],
    });
  },
  'oauth-create': (scene) => {
    const { world } = scene.sandbox;
    const id = uuidOf(world.seed, `live-client/${scene.at}/${scene.n}`);
    const name = text(scene, 'target', `New key ${scene.n}`);
    world.oauthClients.set(id, scene.at, {
      id,
      name,
      description: '',
      grantType: 'CLIENT-CREDENTIALS',
      state: 'active',
      roleIds: [],
      createdAt: scene.at,
      modifiedAt: scene.at,
      createdBy: '',
      validitySeconds: 86_400,
      secret: uuidOf(world.seed, `secret/${id}`),
    });
    change(scene, {
      service: 'PeoplePermissions',
      action: 'Create',
      target: { entityType: 'OAuthClient', id, name },
      changes: [{ property: 'name', newValues: [name] }],
    });
  },
  'skill-edit': (scene) => {
    const name = text(scene, 'target', agentName(scene.n % 80));
    change(scene, {
      service: 'ContactCenter',
      action: 'Update',
      target: {
        entityType: 'AgentRoutingInfo',
        id: userId(scene.sandbox.world, name),
        name: '',
        nameAtEvent: name,
      },
      changes: [{ property: 'routingSkills', oldValues: [], newValues: ['{"proficiency":3}'] }],
    });
  },
  login: (scene) => {
    const name = text(scene, 'actor', 'Marcus Webb');
    scene.planter.read({
      key: 'live',
      at: scene.at,
      actor: person(scene.sandbox.world, name),
      service: 'PeoplePermissions',
      action: 'Authenticate',
      target: { entityType: 'AuthUser', id: userId(scene.sandbox.world, name), name },
    });
  },
  'rename-queue': (scene) => {
    const { world } = scene.sandbox;
    const name = text(scene, 'target', 'US Sales Chat');
    const to = text(scene, 'to', `${name} renamed`);
    world.queues.patch(queueId(world, name), scene.at, { name: to });
    change(scene, {
      service: 'ContactCenter',
      action: 'Update',
      target: { entityType: 'Queue', id: queueId(world, name), name },
      changes: [{ property: 'name', oldValues: [name], newValues: [to] }],
    });
  },
  // Division lifecycle leaves no audit record: only a snapshot can see these two.
  'rename-division': (scene) => {
    const { world } = scene.sandbox;
    const name = text(scene, 'target', 'US Support');
    world.divisions.patch(divisionId(world, name), scene.at, { name: text(scene, 'to', `${name} renamed`) });
  },
  'delete-division': (scene) =>
    scene.sandbox.world.divisions.set(
      divisionId(scene.sandbox.world, text(scene, 'target', 'Legacy Care')),
      scene.at,
      null,
    ),
  'deactivate-user': (scene) => {
    const { world } = scene.sandbox;
    const name = text(scene, 'target', agentName(5));
    world.users.patch(userId(world, name), scene.at, { state: 'inactive', stateChangedAt: scene.at });
    change(scene, {
      service: 'Directory',
      action: 'Update',
      target: { entityType: 'User', id: userId(world, name), name: '', nameAtEvent: name },
      changes: [{ property: 'state', oldValues: ['active'], newValues: ['inactive'] }],
    });
  },
};

function move(scene: Live, actor: Actor, name: string, marks: string[]): void {
  const { world } = scene.sandbox;
  const id = userId(world, name);
  const user = world.users.get(id, scene.at);
  if (user === null) throw new Refusal(400, 'bad.request', `nobody is called ${name}`);
  const wanted = divisionId(
    world,
    text(
      scene,
      'division',
      cycle(['EMEA Restricted', 'US Sales', 'EMEA Support', 'US High Security'], scene.n),
    ),
  );
  const to = wanted === user.divisionId ? divisionId(world, 'US High Security') : wanted;
  world.users.patch(id, scene.at, { divisionId: to, version: user.version + 1 });
  const target = { entityType: 'User', id, name: '', nameAtEvent: user.name };
  const changes = [
    { property: 'version', oldValues: [String(user.version)], newValues: [String(user.version + 1)] },
    { property: 'divisionId', oldValues: [user.divisionId], newValues: [to] },
  ];
  scene.planter.change(
    { key: 'live', at: scene.at, actor, service: 'Directory', action: 'Update', target, changes, marks },
    citation(scene),
    'context',
  );
  scene.planter.platform({
    key: 'live',
    at: scene.at,
    actor: platform(),
    service: 'Directory',
    action: 'Update',
    target,
    changes: [{ property: 'version', oldValues: ['1'], newValues: ['2'] }],
    marks: ['companion'],
  });
}

function change(scene: Live, event: Omit<Event, 'key' | 'at' | 'actor'>): void {
  scene.planter.change(
    { key: 'live', at: scene.at, actor: actorOf(scene, 'Marek Kowalczyk'), ...event },
    citation(scene),
    'context',
  );
}

/** Random acts mostly cite the standing order OPS-3; what a test performs cites only what it says, and is then linked only by `linkage`. */
function citation(scene: Live) {
  if (typeof scene.body.cite === 'string')
    return {
      text: scene.body.cite,
      linkage: scene.body.linkage === 'linked' ? ('linked' as const) : ('mismatch' as const),
      citations: [scene.body.cite],
    };
  const isRandom = (scene.body.kind ?? 'random') === 'random';
  return isRandom && scene.n % 4 !== 0
    ? { text: 'Standing order OPS-3', linkage: 'linked' as const, citations: ['OPS-3'] }
    : NO_CITATION;
}

function actorOf(scene: Live, otherwise: string): Actor {
  const name = text(scene, 'actor', otherwise);
  return name === 'pipeline'
    ? automation(scene.sandbox.world, 'terraform')
    : person(scene.sandbox.world, name);
}

function text(scene: Live, field: string, otherwise: string): string {
  const value = scene.body[field];
  return typeof value === 'string' ? value : otherwise;
}
