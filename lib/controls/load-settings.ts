import { settingAt } from '@/lib/auth/store/setting-rows';
import type { Sql } from '@/lib/db/sql';
import { allControls } from './catalogue';
import type { Control } from './model/control';
import type { NotApplicable } from './model/evaluate';
import type { Schedule } from './model/schedule';
import {
  type ControlSetting,
  type EffectiveThreshold,
  effectiveThresholds,
  notApplicableAt,
  type PolicyThresholds,
  plainThresholds,
  scheduleOf,
} from './model/setting';
import type { ThresholdValue, ThresholdValues } from './model/threshold';
import { settingsAt } from './store/settings';

/** What one control is judged by at an instant, and the versions that say so. */
export type Effective = {
  readonly thresholds: Readonly<Record<string, EffectiveThreshold>>;
  readonly values: ThresholdValues;
  readonly notApplicable: NotApplicable | null;
  /** The requirements it is said to cover, where somebody said other ones; null: as the framework files have it. */
  readonly mapping: unknown;
  readonly settingIds: readonly string[];
};

export type LoadedSettings = {
  readonly schedule: Schedule;
  readonly of: (control: Pick<Control, 'id' | 'thresholds'>) => Effective;
};

const POLICY = 'policy.controls';

/** The settings of an organisation's controls in force at an instant: those of people and those of the policy. */
export async function loadControlSettings(sql: Sql, orgId: string, at: Date): Promise<LoadedSettings> {
  const rows = await settingsAt(sql, orgId, at);
  const policy = policyThresholds(await settingAt(sql, { name: POLICY, orgId, at }));
  const find = (controlId: string | null, what: ControlSetting['what']) =>
    rows.find((row) => row.controlId === controlId && row.what === what) ?? null;
  const uses = new Map<string, number>();
  for (const control of allControls())
    for (const name of Object.keys(control.thresholds)) uses.set(name, (uses.get(name) ?? 0) + 1);
  return {
    schedule: scheduleOf(find(null, 'schedule')),
    of(control) {
      const setting = find(control.id, 'thresholds');
      const applicability = find(control.id, 'applicability');
      const mapping = find(control.id, 'mapping');
      const thresholds = effectiveThresholds(control, {
        setting,
        policy,
        isUnique: (name) => uses.get(name) === 1,
      });
      const fromPolicy = Object.values(thresholds).some((one) => one.origin === 'policy');
      return {
        thresholds,
        values: plainThresholds(control, thresholds),
        notApplicable: notApplicableAt(applicability, at),
        mapping: mapping?.value ?? null,
        settingIds: [
          ...(setting === null ? [] : [setting.id]),
          ...(applicability === null ? [] : [applicability.id]),
          ...(fromPolicy && policy !== null ? [policy.id] : []),
        ],
      };
    },
  };
}

function policyThresholds(
  version: { readonly id: string; readonly validFrom: Date; readonly value: unknown } | null,
): PolicyThresholds | null {
  const value = version?.value;
  if (version === null || typeof value !== 'object' || value === null || !('thresholds' in value))
    return null;
  const given: unknown = value.thresholds;
  if (typeof given !== 'object' || given === null) return null;
  const values = Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, ThresholdValue] =>
      ['number', 'boolean', 'string'].includes(typeof entry[1]),
    ),
  );
  return { id: version.id, validFrom: version.validFrom, values };
}
