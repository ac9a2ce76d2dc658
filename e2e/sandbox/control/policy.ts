import { EVENING, namedWindows } from '../history/plant/windows.ts';
import { CLIENTS } from '../world/access.ts';
import { divisionId } from '../world/build.ts';
import { mailOf } from '../world/cast.ts';
import { DAY, isoSeconds } from '../world/clock.ts';
import type { World } from '../world/shapes.ts';

/** What the organisation says about its own things, as a POLICY_FILE object (design section 9). */
export function policyOf(world: World): Record<string, unknown> {
  const tag = (name: string, region: string, sensitivity: string, rank: number) => ({
    id: divisionId(world, name),
    name,
    region,
    sensitivity,
    rank,
  });
  const { hours, repair } = namedWindows(world);
  return {
    divisions: [
      tag('EMEA Sales', 'EMEA', 'normal', 1),
      tag('EMEA Support', 'EMEA', 'normal', 1),
      tag('EMEA Restricted', 'EMEA', 'restricted', 3),
      tag('US Sales', 'US', 'normal', 1),
      tag('US Support', 'US', 'normal', 1),
      tag('US High Security', 'US', 'high_security', 4),
      { ...tag('Legacy Care', 'US', 'normal', 1), name: 'Customer Care' },
    ],
    pipelineClients: [CLIENTS.terraform.id, CLIENTS.archy.id],
    platformNoise: [],
    windows: [
      {
        name: 'Evening maintenance',
        days: ['mon', 'tue', 'wed', 'thu', 'fri'],
        start: EVENING.start,
        end: EVENING.end,
        zone: 'UTC',
      },
      {
        name: 'Holiday hours rework',
        from: isoSeconds(hours.from),
        to: isoSeconds(hours.to),
        approver: 'Priya Nair',
        ticket: 'Holiday readiness plan',
        approvedAt: isoSeconds(hours.approvedAt),
        scope: { objects: [hours.object.id] },
      },
      {
        name: 'Bank holiday repair',
        from: isoSeconds(repair.from),
        to: isoSeconds(repair.to),
        approver: 'Priya Nair',
        approvedAt: isoSeconds(repair.approvedAt),
        scope: { objects: [repair.object.id] },
      },
    ],
    freezes: [
      {
        name: 'Season opening',
        from: isoSeconds(world.anchor + 5 * DAY),
        to: isoSeconds(world.anchor + 7 * DAY),
        approver: 'Priya Nair',
      },
    ],
    approvedStatuses: ['Approved'],
    roleRules: [
      {
        role: 'Quality Evaluator',
        departments: ['Quality Assurance'],
        groups: ['QA Department'],
        titles: [],
      },
      {
        role: 'Telephony Admin',
        departments: ['IT Operations'],
        groups: ['Telephony Team'],
        titles: ['Telephony Engineer'],
      },
      { role: 'Master Admin', departments: ['IT Operations'], groups: [], titles: ['Platform Owner'] },
    ],
    ipAllowList: ['198.51.100.0/24', '203.0.113.0/24', '10.0.0.0/8'],
    moveReview: { days: 5, applies: 'boundary_cross' },
    responses: {
      modes: { 'self-move': 'ask', 'self-grant': 'observe' },
      breakGlass: [mailOf('Dana Whitfield')],
      limits: { perHour: 3, perDay: 10 },
      approvalMinutes: 60,
    },
  };
}
