import { automation, person, platform } from '../../history/actors.ts';
import { divisionId, userId } from '../../world/build.ts';
import { agentName } from '../../world/cast.ts';
import { uuidOf } from '../../world/chance.ts';
import { SECOND } from '../../world/clock.ts';
import { change, citation, count, type Live } from './scene.ts';

/** So many records a second; the last of them is of now. */
const PER_SECOND = 50;

function instant(scene: Live, index: number, total: number): number {
  return scene.at - Math.floor((total - 1 - index) / PER_SECOND) * SECOND;
}

/** An edge group moves division and `count - 1` phones, lines and trunks follow in one transaction. */
export function moveEdgeGroup(scene: Live): void {
  const { world } = scene.sandbox;
  const total = count(scene, 200);
  const actor = person(world, 'Tobias Lindqvist');
  const transaction = uuidOf(world.seed, `live-cascade/${scene.at}/${scene.n}`);
  const [from, to] = [divisionId(world, 'US Support'), divisionId(world, 'EMEA Support')];
  const common = {
    key: 'live',
    service: 'Telephony',
    action: 'Update',
    initiating: transaction,
    marks: ['cascade:edge-group', 'live'],
  };
  scene.planter.change(
    {
      ...common,
      at: instant(scene, 0, total),
      actor,
      target: { entityType: 'EdgeGroup', id: uuidOf(world.seed, 'edge-group/US Edges'), name: 'US Edges' },
      changes: [{ property: 'divisionId', oldValues: [from], newValues: [to] }],
      initiator: true,
    },
    citation(scene),
    'context',
  );
  for (let index = 1; index < total; index += 1) {
    const entityType = index % 20 === 0 ? 'Trunk' : index % 3 === 0 ? 'Line' : 'Phone';
    scene.planter.platform({
      ...common,
      at: instant(scene, index, total),
      actor: platform(),
      target: {
        entityType,
        id: uuidOf(world.seed, `live-cascade/${scene.n}/${index}`),
        name: `${entityType} US ${index}`,
      },
      changes: [{ property: 'version', oldValues: ['1'], newValues: ['2'] }],
    });
  }
}

/** One service account makes `count` changes in one go. */
export function changeInBulk(scene: Live): void {
  const { world } = scene.sandbox;
  const total = count(scene, 25);
  for (let index = 0; index < total; index += 1) {
    const name = agentName(index % 90);
    change(scene, {
      at: instant(scene, index, total),
      actor: automation(world, 'script'),
      service: 'ContactCenter',
      action: 'Update',
      target: { entityType: 'AgentRoutingInfo', id: userId(world, name), name: '', nameAtEvent: name },
      changes: [{ property: 'routingSkills', oldValues: [], newValues: ['{"proficiency":3}'] }],
      marks: ['bulk:live', 'live'],
    });
  }
}
