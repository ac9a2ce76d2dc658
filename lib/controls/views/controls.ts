import { view } from '@/lib/auth/view';
import { requestError } from '@/lib/kernel/errors';
import { OUTCOMES, type Outcome } from '@/lib/kernel/words';
import { allControls } from '../catalogue';
import type { ControlDto, ControlListDto, ControlListQuery, ControlScheduleDto } from '../contract';
import { freshForMs } from '../model/schedule';
import { newestResults, resultsAt } from '../store/read-results';
import { controlDto } from './control-dto';
import { scheduleOf } from './schedule';

/** How every control stands in the organisations that are seen, now or at an instant, and how their runs do. */
export const viewControls = view(
  { permission: 'controls.read' },
  async ({ sql, viewer, now }, query: ControlListQuery): Promise<ControlListDto> => {
    const wanted = query.org?.map((id) => id.toLowerCase());
    const orgIds = viewer.orgIds.filter((id) => wanted === undefined || wanted.includes(id));
    const at = query.at === undefined ? now : new Date(query.at);
    const rows = query.at === undefined ? await newestResults(sql, orgIds) : await resultsAt(sql, orgIds, at);
    const last = new Map(rows.map((row) => [`${row.orgId} ${row.controlId}`, row]));
    const all: ControlDto[] = [];
    const schedules: ControlScheduleDto[] = [];
    for (const orgId of orgIds) {
      const { schedule, ...dto } = await scheduleOf(sql, { orgId, now });
      schedules.push(dto);
      const freshMs = freshForMs(schedule);
      for (const control of allControls())
        all.push(
          controlDto(control, { orgId, last: last.get(`${orgId} ${control.id}`) ?? null, at, freshMs }),
        );
    }
    return {
      items: all.filter((one) => query.outcome === undefined || query.outcome.includes(one.outcome)),
      nextCursor: null,
      counts: countsOf(all),
      schedules,
    };
  },
);

/** The organisation that is meant: the one that is named, or the only one that is seen. Throws `not_found`, and `bad_request` where it is not clear. */
export function orgMeant(orgIds: readonly string[], named: string | undefined): string {
  const id = named?.toLowerCase();
  if (id !== undefined) {
    if (orgIds.includes(id)) return id;
    throw requestError(
      'not_found',
      'cannot show the control: there is no such organisation that you may see',
    );
  }
  const [only, ...others] = orgIds;
  if (only === undefined)
    throw requestError('not_found', 'cannot show the control: there is no organisation that you may see');
  if (others.length > 0)
    throw requestError('bad_request', 'cannot show the control: you see more than one organisation', {
      hint: 'Name one with `org`.',
    });
  return only;
}

function countsOf(all: readonly ControlDto[]): ControlListDto['counts'] {
  const counts: Record<Outcome, number> = { pass: 0, fail: 0, not_evaluated: 0, not_applicable: 0 };
  for (const outcome of OUTCOMES) counts[outcome] = all.filter((one) => one.outcome === outcome).length;
  return counts;
}
