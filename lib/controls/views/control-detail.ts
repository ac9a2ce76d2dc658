import { view } from '@/lib/auth/view';
import type { Sql } from '@/lib/db/sql';
import { requestError } from '@/lib/kernel/errors';
import { toIso } from '@/lib/kernel/instant';
import { controlById } from '../catalogue';
import type { ControlDetailDto, ControlDetailQuery, ControlResultDto, ControlSettingDto } from '../contract';
import { loadControlSettings } from '../load-settings';
import type { Control } from '../model/control';
import { findingKey } from '../model/run';
import { freshForMs } from '../model/schedule';
import type { ControlSetting } from '../model/setting';
import { newestResults, resultById, resultsAt } from '../store/read-results';
import { evidenceOfRun, runById } from '../store/read-runs';
import { settingHistory } from '../store/settings';
import { controlDto, evidenceDto } from './control-dto';
import { orgMeant } from './controls';

/** One control with its last result whole, what it rests on, and what it is judged by. Throws `not_found`. */
export const viewControl = view(
  {
    permission: 'controls.read',
    journal: ({ id }: ControlDetailQuery) => ({
      action: 'control.viewed',
      objectType: 'control',
      objectId: id,
    }),
  },
  async ({ sql, viewer, now }, query: ControlDetailQuery): Promise<ControlDetailDto> => {
    const control = mustExist(query.id);
    const orgId = orgMeant(viewer.orgIds, query.org);
    const at = query.at === undefined ? now : new Date(query.at);
    const rows =
      query.at === undefined ? await newestResults(sql, [orgId]) : await resultsAt(sql, [orgId], at);
    const last = rows.find((row) => row.controlId === control.id) ?? null;
    const settings = await loadControlSettings(sql, orgId, at);
    const { thresholds, notApplicable } = settings.of(control);
    const result = last === null ? null : await resultDto(sql, last.id);
    return {
      ...controlDto(control, { orgId, last, at, freshMs: freshForMs(settings.schedule) }),
      remedy: control.remedy,
      limits: control.limits ?? null,
      thresholds: Object.entries(control.thresholds).map(([name, spec]) => {
        const effective = thresholds[name];
        return {
          name,
          spec,
          value: effective?.value ?? spec.default,
          origin: effective?.origin ?? 'default',
          since: effective?.since ? toIso(effective.since) : null,
        };
      }),
      applicability: {
        applicable: notApplicable === null,
        reason: notApplicable?.reason ?? null,
        expiresAt: notApplicable === null ? null : toIso(notApplicable.expiresAt),
      },
      result,
      settings: (await settingHistory(sql, { orgId, controlId: control.id })).map(settingDto),
    };
  },
);

/** The control of the path. Throws `not_found`. */
export function mustExist(id: string): Control {
  const control = controlById(id);
  if (control === null) throw requestError('not_found', `cannot show the control ${id}: there is none`);
  return control;
}

/** A result whole with the inputs it rests on; null where there is none with this id. */
export async function resultDto(sql: Sql, id: string): Promise<ControlResultDto | null> {
  const result = await resultById(sql, id);
  if (result === null) return null;
  const run = await runById(sql, result.runId);
  const evidence = await evidenceOfRun(sql, result.runId, result.inputs);
  return {
    id: result.id,
    runId: result.runId,
    outcome: result.outcome,
    because: result.because,
    sentence: result.sentence,
    asOf: toIso(result.asOf),
    evaluatedAt: toIso(result.evaluatedAt),
    checked: result.checked,
    failing: result.failing,
    unknown: result.unknown,
    observations: result.observations.map(({ what, expected, actual, ok, sentence, key, subject }) => ({
      what,
      expected,
      actual,
      ok,
      sentence,
      subject,
      findingKey: ok === false ? findingKey(result.controlId, key) : null,
    })),
    rows: result.rows,
    thresholds: result.thresholds,
    settingIds: result.settingIds,
    ruleSha256: result.ruleSha256,
    clientId: run?.clientId ?? null,
    productVersion: run?.productVersion ?? '',
    evidence: evidence.map(evidenceDto),
  };
}

export function settingDto(setting: ControlSetting): ControlSettingDto {
  const { id, what, value, reason, setBy } = setting;
  return {
    id,
    what,
    value,
    effectiveFrom: toIso(setting.effectiveFrom),
    expiresAt: setting.expiresAt === null ? null : toIso(setting.expiresAt),
    reason,
    setBy,
    setAt: toIso(setting.receivedAt),
  };
}
