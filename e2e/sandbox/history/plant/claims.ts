import { queueId } from '../../world/build.ts';
import { ago } from '../../world/clock.ts';
import { person } from '../actors.ts';
import type { Citation } from '../planter.ts';
import type { Named, Stage } from '../scene.ts';

const QUEUES = ['Switchboard', 'Card Disputes', 'US Technical Desk', 'Card Payments'];
/** Ways of `CitationDesk.mismatch`: routine work meets only some of them. */
const MISMATCHES = 10;
const WAYS = ['id', 'name', 'implement', 'late'] as const;

/** Rarer ways to have a reason, and rarer ways not to have one: approvals taken back, twin commits, configuration items. */
export function plantClaims(stage: Stage): void {
  const { desk } = stage;
  for (let n = 0; n < 3; n += 1) {
    plant(stage, { n, time: '21:03:00' }, (at) => desk.withdrawn(at));
    plant(stage, { n, time: '21:13:00' }, () => desk.ambiguousCommit());
  }
  for (let way = 0; way < MISMATCHES; way += 1)
    for (let n = 0; n < 2; n += 1)
      plant(stage, { n: n + way, time: `20:${10 + way}:00` }, (at, queue) =>
        desk.mismatch(at, queue, otherThan(stage, queue), way),
      );
  WAYS.forEach((how, index) => {
    for (let n = 0; n < 3; n += 1)
      plant(stage, { n: n + index * 3, time: `03:2${index}:00` }, (at, queue) => desk.byItem(at, queue, how));
  });
  for (let n = 0; n < 2; n += 1) {
    plant(stage, { n, time: '04:41:00' }, (at, queue) => desk.itemNotInForce(at, queue, 'other-time'));
    plant(stage, { n, time: '05:51:00' }, (at, queue) => desk.itemNotInForce(at, queue, 'never-approved'));
  }
}

function otherThan({ world }: Stage, queue: Named): Named {
  const name = QUEUES.find((one) => one !== queue.name) ?? 'Switchboard';
  return { id: queueId(world, name), name };
}

function plant(
  { world, planter }: Stage,
  when: { readonly n: number; readonly time: string },
  cite: (at: number, queue: Named) => Citation,
): void {
  const name = QUEUES[when.n % QUEUES.length] ?? 'Switchboard';
  const queue = { id: queueId(world, name), name };
  const at = ago(world.anchor, 6 + when.n * 7, when.time);
  planter.change(
    {
      key: 'claim',
      at,
      actor: person(world, 'Claire Fontaine'),
      service: 'ContactCenter',
      action: 'Update',
      target: { entityType: 'Queue', id: queue.id, name },
      changes: [{ property: 'acwTimeoutMs', oldValues: ['8000'], newValues: [String(9_000 + when.n)] }],
    },
    cite(at, queue),
    'description',
  );
}
