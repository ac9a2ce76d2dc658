import { uuidOf } from '../../world/chance.ts';
import { ago } from '../../world/clock.ts';
import { person } from '../actors.ts';
import type { Citation } from '../planter.ts';
import type { Stage } from '../scene.ts';

/** The mark of every deletion of a trunk or division that was planted for the timeline. */
export const GRAVE_DELETION = 'grave-deletion';

/** Trunks and divisions removed with an approval and without one: what a timeline of high-risk changes must tell apart. */
export function plantDeletions(stage: Stage): void {
  const { desk } = stage;
  remove(stage, { kind: 'Trunk', name: 'SBC-Lisbon-1', daysAgo: 33, clock: '20:40:00' }, (at, target) =>
    desk.chgInside(at, target),
  );
  remove(stage, { kind: 'Trunk', name: 'SBC-Porto-2', daysAgo: 12, clock: '13:05:40' }, () => desk.none());
  remove(stage, { kind: 'Division', name: 'Seasonal Desk', daysAgo: 29, clock: '19:30:00' }, (at, target) =>
    desk.jiraNaming(at, target),
  );
  remove(stage, { kind: 'Division', name: 'Pilot Team', daysAgo: 7, clock: '11:48:21' }, () => desk.none());
}

function remove(
  { world, planter }: Stage,
  what: {
    readonly kind: 'Trunk' | 'Division';
    readonly name: string;
    readonly daysAgo: number;
    readonly clock: string;
  },
  cite: (at: number, target: { readonly id: string; readonly name: string }) => Citation,
): void {
  const at = ago(world.anchor, what.daysAgo, what.clock);
  const target = { id: uuidOf(world.seed, `grave-deletion/${what.name}`), name: what.name };
  planter.change(
    {
      key: 'grave-deletion',
      at,
      actor: person(world, 'Ana Ruiz'),
      service: what.kind === 'Trunk' ? 'Telephony' : 'Directory',
      action: 'Delete',
      target: { entityType: what.kind, ...target },
      changes: [],
      marks: [GRAVE_DELETION],
    },
    cite(at, target),
  );
}
