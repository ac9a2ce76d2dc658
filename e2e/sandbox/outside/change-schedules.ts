import { uuidOf } from '../world/chance.ts';
import { DAY, HOUR } from '../world/clock.ts';
import type { World } from '../world/shapes.ts';

/** An entry of a change schedule: `cmn_schedule_span`, with its schedule. Times are wall clock, `Z` only where they are UTC. */
export type ScheduleSpan = {
  readonly sysId: string;
  readonly schedule: {
    readonly sysId: string;
    readonly name: string;
    readonly type: 'maintenance' | 'blackout' | '';
    readonly timeZone: string;
  };
  readonly name: string;
  readonly start: string;
  readonly end: string;
  readonly repeat: {
    readonly type: string;
    readonly count?: string;
    readonly days?: string;
    readonly monthly?: string;
  };
  readonly updatedAt: number;
};

/** What the instance says about when changes may be made, among schedules of other kinds. */
export function changeSchedules(world: World): ScheduleSpan[] {
  const id = (name: string) => uuidOf(world.seed, `schedule/${name}`).replaceAll('-', '');
  const schedule = (name: string, type: ScheduleSpan['schedule']['type'], timeZone: string) => ({
    sysId: id(name),
    name,
    type,
    timeZone,
  });
  const updatedAt = world.anchor - 60 * DAY;
  const maintenance = schedule('Platform maintenance', 'maintenance', 'Europe/Berlin');
  const yearEnd = schedule('Year-end blackout', 'blackout', 'Europe/Berlin');
  return [
    {
      sysId: id('sunday'),
      schedule: maintenance,
      name: 'Sunday night',
      start: '20260104T020000',
      end: '20260104T040000',
      repeat: { type: 'weekly', count: '1', days: '7' },
      updatedAt,
    },
    {
      sysId: id('second-tuesday'),
      schedule: maintenance,
      name: 'Patch Tuesday',
      start: '20260113T010000',
      end: '20260113T020000',
      repeat: { type: 'monthly', count: '1', monthly: 'dow' },
      updatedAt,
    },
    {
      sysId: id('year-end'),
      schedule: yearEnd,
      name: 'Closing of the books',
      start: stamp(world.anchor + 12 * DAY),
      end: stamp(world.anchor + 15 * DAY + 6 * HOUR),
      repeat: { type: '' },
      updatedAt,
    },
    {
      sysId: id('floating'),
      schedule: schedule('Everybody’s morning', 'maintenance', 'floating'),
      name: 'Morning',
      start: '20260105T060000',
      end: '20260105T070000',
      repeat: { type: 'weekdays' },
      updatedAt,
    },
    {
      sysId: id('business-hours'),
      schedule: schedule('8-5 weekdays', '', 'Europe/Berlin'),
      name: 'Weekdays',
      start: '20260105T080000',
      end: '20260105T170000',
      repeat: { type: 'weekdays' },
      updatedAt,
    },
  ];
}

function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
}
