import { grant, revoke, roleId } from '../../world/access.ts';
import { userId } from '../../world/build.ts';
import { uuidOf } from '../../world/chance.ts';
import { ago, DAY, HOUR, isoSeconds, MINUTE, SECOND } from '../../world/clock.ts';
import type { World } from '../../world/shapes.ts';
import { person } from '../actors.ts';
import type { Citation } from '../planter.ts';
import type { Planted } from '../record.ts';
import type { Stage } from '../scene.ts';

/** The evening window of the policy: Monday to Friday, in UTC. */
export const EVENING = { start: '19:00', end: '23:00' } as const;

/** Windows that name an object, as the policy says them: one approved in time, one only afterwards. */
export function namedWindows(world: World) {
  const opens = ago(world.anchor, 18, '10:00:00');
  const repaired = ago(world.anchor, 16, '13:00:00');
  return {
    hours: {
      object: { id: uuidOf(world.seed, 'window/schedule/hours'), name: 'Holiday opening hours' },
      from: opens,
      to: opens + 4 * HOUR,
      approvedAt: opens - 2 * DAY,
    },
    repair: {
      object: { id: uuidOf(world.seed, 'window/schedule/repair'), name: 'Bank holiday schedule' },
      from: repaired,
      to: repaired + 2 * HOUR,
      approvedAt: repaired + 5 * HOUR,
    },
  };
}

/** Changes that cite nothing and whose object a window names, at each of its edges; and admin roles granted around the evening window. */
export function plantWindows(stage: Stage): void {
  const { hours, repair } = namedWindows(stage.world);
  change(stage, hours.object, { at: hours.from, comesTo: 'linked', mark: 'window-start' });
  change(stage, hours.object, { at: hours.from + HOUR, comesTo: 'linked', mark: 'window-inside' });
  change(stage, hours.object, { at: hours.to - SECOND, comesTo: 'linked', mark: 'window-last-second' });
  change(stage, hours.object, { at: hours.to, comesTo: 'outside_window', mark: 'window-end' });
  change(stage, hours.object, { at: hours.from - SECOND, comesTo: 'outside_window', mark: 'window-before' });
  change(stage, hours.object, { at: hours.from - 45 * DAY, comesTo: 'unlinked', mark: 'window-far' });
  change(stage, repair.object, { at: repair.from + HOUR, comesTo: 'late_approval', mark: 'window-late' });
  const evening = lastWeekday(stage.world, 13);
  adminGrant(stage, ago(stage.world.anchor, evening, '19:00:00'), 'Tom Ashworth');
  adminGrant(stage, ago(stage.world.anchor, evening, '23:00:00'), 'Wanda Pryce');
  adminGrant(stage, ago(stage.world.anchor, evening, '18:59:59'), 'Molly Carver');
}

/** Ids of records that grant a privileged role while the evening window is closed. */
export function ghostAdminsOf(planted: readonly Planted[]): string[] {
  return planted
    .filter(
      ({ label, at }) =>
        label.accountable &&
        label.marks.includes('grants-access') &&
        label.marks.includes('privileged') &&
        !isEvening(at),
    )
    .map(({ record }) => record.id);
}

function isEvening(at: number): boolean {
  const weekday = new Date(at).getUTCDay();
  const clock = isoSeconds(at).slice(11, 16);
  return weekday >= 1 && weekday <= 5 && clock >= EVENING.start && clock < EVENING.end;
}

function change(
  { world, planter }: Stage,
  object: { readonly id: string; readonly name: string },
  plan: { readonly at: number; readonly comesTo: Citation['linkage']; readonly mark: string },
): void {
  planter.change(
    {
      key: 'in-window',
      at: plan.at,
      actor: person(world, 'Marek Kowalczyk'),
      service: 'Architect',
      action: 'Update',
      target: { entityType: 'Schedule', ...object },
      changes: [{ property: 'end', oldValues: ['17:00'], newValues: [] }],
    },
    { text: '', linkage: plan.comesTo, citations: [], marks: [plan.mark] },
  );
}

/** Dana grants an admin role and takes it back half an hour later, so that nobody holds it on. */
function adminGrant({ world, planter }: Stage, at: number, name: string): void {
  const member = userId(world, name);
  const role = roleId(world, 'Admin');
  const right = { subjectId: member, roleId: role, divisionId: '*' };
  grant(world, { ...right, subjectType: 'PC_USER', madeAt: at });
  revoke(world, right, at + 30 * MINUTE);
  const common = {
    service: 'PeoplePermissions',
    actor: person(world, 'Dana Whitfield'),
    target: {
      entityType: 'Role',
      id: role,
      name: `${member}--${role}--${world.orgId}`,
      nameAtEvent: 'Admin',
    },
  };
  planter.change({
    ...common,
    key: 'admin-grant',
    at,
    action: 'MemberAdd',
    marks: ['grants-access', `member:${member}`, 'privileged'],
  });
  planter.change({
    ...common,
    key: 'admin-grant-undone',
    at: at + 30 * MINUTE,
    action: 'MemberRemove',
    marks: ['revokes-access', `member:${member}`],
  });
}

/** The first day at or before that many days ago that is a weekday. */
function lastWeekday(world: World, daysAgo: number): number {
  for (let day = daysAgo; ; day += 1) {
    const weekday = new Date(ago(world.anchor, day, '12:00:00')).getUTCDay();
    if (weekday >= 1 && weekday <= 5) return day;
  }
}
