import { divisionId, newUser, queueId, userId } from './build.ts';
import { uuidOf } from './chance.ts';
import { ago } from './clock.ts';
import type { World } from './shapes.ts';

/** An object whose name or existence changed during the history, for the truth. */
export type NameChange = {
  readonly kind: 'division' | 'queue' | 'user' | 'skill' | 'flow' | 'trunk';
  readonly id: string;
  readonly from: string;
  /** null: deleted at that instant. */
  readonly to: string | null;
  readonly at: number;
  /** Division lifecycle leaves no audit record: only comparing snapshots shows it. */
  readonly audited: boolean;
};

/** Names change in the directory; the matching audit records, where there are any, are planted by the history. */
export function plantNameChanges(world: World): NameChange[] {
  const { anchor } = world;
  const changes: NameChange[] = [];
  const renamedAt = ago(anchor, 41, '09:15:00');
  const legacy = divisionId(world, 'Legacy Care');
  world.divisions.patch(legacy, renamedAt, { name: 'Customer Care' });
  changes.push({
    kind: 'division',
    id: legacy,
    from: 'Legacy Care',
    to: 'Customer Care',
    at: renamedAt,
    audited: false,
  });

  const pilotGone = ago(anchor, 20, '16:40:00');
  const pilot = divisionId(world, 'Partner Pilot');
  world.divisions.set(pilot, pilotGone, null);
  changes.push({
    kind: 'division',
    id: pilot,
    from: 'Partner Pilot',
    to: null,
    at: pilotGone,
    audited: false,
  });

  const queueRenamed = ago(anchor, 33, '11:20:30');
  const renewals = queueId(world, 'EMEA Renewals');
  world.queues.patch(renewals, queueRenamed, { name: 'EMEA Retention' });
  changes.push({
    kind: 'queue',
    id: renewals,
    from: 'EMEA Renewals',
    to: 'EMEA Retention',
    at: queueRenamed,
    audited: true,
  });

  const married = ago(anchor, 27, '13:05:10');
  const katarzyna = userId(world, 'Katarzyna Nowak');
  world.users.patch(katarzyna, married, { name: 'Katarzyna Zielińska' });
  changes.push({
    kind: 'user',
    id: katarzyna,
    from: 'Katarzyna Nowak',
    to: 'Katarzyna Zielińska',
    at: married,
    audited: true,
  });

  const overflowGone = ago(anchor, 15, '10:11:12');
  const overflow = queueId(world, 'Care Overflow');
  world.queues.set(overflow, overflowGone, null);
  changes.push({
    kind: 'queue',
    id: overflow,
    from: 'Care Overflow',
    to: null,
    at: overflowGone,
    audited: true,
  });

  const leaver = newUser(world, {
    name: 'Otis Fairbanks',
    number: 90,
    division: 'US Sales',
    department: 'Sales',
    title: 'Agent',
  });
  const leaverGone = ago(anchor, 24, '17:30:00');
  world.users.set(leaver.id, Number.NEGATIVE_INFINITY, leaver);
  world.users.patch(leaver.id, leaverGone, { state: 'deleted', stateChangedAt: leaverGone });
  changes.push({
    kind: 'user',
    id: leaver.id,
    from: 'Otis Fairbanks',
    to: null,
    at: leaverGone,
    audited: true,
  });

  const trunk = uuidOf(world.seed, 'trunk/SBC-Legacy');
  const trunkGone = ago(anchor, 30, '21:47:09');
  world.trunks.set(trunk, trunkGone, null);
  changes.push({ kind: 'trunk', id: trunk, from: 'SBC-Legacy', to: null, at: trunkGone, audited: true });
  return changes;
}
