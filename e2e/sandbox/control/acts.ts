import { person } from '../history/actors.ts';
import { Planter } from '../history/planter.ts';
import type { Planted } from '../history/record.ts';
import { Refusal } from '../http/exchange.ts';
import type { Sandbox } from '../sandbox.ts';
import { type RecordTruth, recordTruth } from '../truth.ts';
import { divisionId, queueId, userId } from '../world/build.ts';
import { agentName } from '../world/cast.ts';
import { cycle, uuidOf } from '../world/chance.ts';
import {
  createClient,
  createClients,
  grantRole,
  grantThemselves,
  switchIntegrationOff,
} from './live/access.ts';
import { changeInBulk, moveEdgeGroup } from './live/many.ts';
import { moveSomething, moveThemselves, moveThroughOwnClient } from './live/moves.ts';
import { change, type Live, text } from './live/scene.ts';
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
  'self-grant',
  'own-client-move',
  'mass-oauth',
  'integration-off',
  'edge-group-cascade',
  'bulk',
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
 * Body: `kind`, optionally `actor` (a named person, or `pipeline`), `target` (a name), `type` (user, queue or flow) and `division` of
 * a move, `role`, `count`, `cite` (a text put into the record).
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

const PERFORM: Record<Kind, (scene: Live) => void> = {
  'self-move': moveThemselves,
  move: moveSomething,
  'own-client-move': moveThroughOwnClient,
  'role-grant': grantRole,
  'self-grant': grantThemselves,
  'oauth-create': createClient,
  'mass-oauth': createClients,
  'integration-off': switchIntegrationOff,
  'edge-group-cascade': moveEdgeGroup,
  bulk: changeInBulk,
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
