import { view } from '@/lib/auth/view';
import { requestError } from '@/lib/kernel/errors';
import { addMs, DAY_MS, floorToDay, toIso } from '@/lib/kernel/instant';
import type { ControlHistoryDto, ControlHistoryQuery } from '../contract';
import { loadControlSettings } from '../load-settings';
import { changesOf, daysOf } from '../model/history';
import { freshForMs } from '../model/schedule';
import { pastResults } from '../store/read-results';
import { mustExist } from './control-detail';
import { orgMeant } from './controls';

const DEFAULT_DAYS = 90;
const LONGEST_DAYS = 1_100;

/** How a control stood at the end of each UTC day of a period, and the moments it changed. Throws `not_found`, `bad_request`. */
export const viewControlHistory = view(
  {
    permission: 'controls.read',
    journal: ({ id }: ControlHistoryQuery) => ({
      action: 'control_history.viewed',
      objectType: 'control',
      objectId: id,
    }),
  },
  async ({ sql, viewer, now }, query: ControlHistoryQuery): Promise<ControlHistoryDto> => {
    const control = mustExist(query.id);
    const orgId = orgMeant(viewer.orgIds, query.org);
    const to = query.to === undefined ? addMs(floorToDay(now), DAY_MS) : wholeDay(query.to);
    const from = query.from === undefined ? addMs(to, -DEFAULT_DAYS * DAY_MS) : wholeDay(query.from);
    if (from >= to) throw requestError('bad_request', 'cannot show the history: `from` is not before `to`');
    if (to.getTime() - from.getTime() > LONGEST_DAYS * DAY_MS)
      throw requestError('bad_request', `cannot show the history of more than ${LONGEST_DAYS} days at once`);
    const { schedule } = await loadControlSettings(sql, orgId, now);
    const results = await pastResults(sql, { orgId, controlId: control.id, from, to });
    return {
      id: control.id,
      orgId,
      from: toIso(from),
      to: toIso(to),
      days: daysOf(results, { from, to, now, freshMs: freshForMs(schedule) }).map((day) => ({
        day: toIso(day.day).slice(0, 10),
        outcome: day.outcome,
        because: day.because,
        resultId: day.resultId,
      })),
      changes: changesOf(results, { from, to }).map((one) => ({ ...one, at: toIso(one.at) })),
    };
  },
);

function wholeDay(text: string): Date {
  const at = new Date(text);
  if (floorToDay(at).getTime() !== at.getTime())
    throw requestError('bad_request', 'cannot show the history: `from` and `to` are whole UTC days', {
      hint: 'Write them as 2026-11-01T00:00:00Z.',
    });
  return at;
}
