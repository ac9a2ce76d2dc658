import type { Control } from './control';
import type { NotApplicable } from './evaluate';
import { DEFAULT_SCHEDULE, FORMAL_CADENCES, type Schedule } from './schedule';
import { defaultThresholds, refuseThreshold, type ThresholdValue, type ThresholdValues } from './threshold';

export const SETTING_KINDS = ['thresholds', 'applicability', 'mapping', 'schedule'] as const;
export type SettingKind = (typeof SETTING_KINDS)[number];

/** What somebody set about a control, in force from an instant on. */
export type ControlSetting = {
  readonly id: string;
  /** Null for the schedule, which is for all of them. */
  readonly controlId: string | null;
  readonly what: SettingKind;
  readonly value: unknown;
  readonly effectiveFrom: Date;
  readonly expiresAt: Date | null;
  readonly reason: string;
  readonly setById: string | null;
  readonly setBy: string;
  readonly receivedAt: Date;
};

/** The thresholds of the policy in force, with since when. Names are `<control>.<threshold>`, or the threshold's alone where one control has it. */
export type PolicyThresholds = {
  readonly id: string;
  readonly validFrom: Date;
  readonly values: Readonly<Record<string, ThresholdValue>>;
};

export type EffectiveThreshold = {
  readonly value: ThresholdValue;
  readonly origin: 'default' | 'policy' | 'setting';
  readonly since: Date | null;
};

/**
 * The thresholds a control is judged by: what was set last counts, be it by the policy or by a person. A value out of its bounds
 * is not taken: the default stands.
 */
export function effectiveThresholds(
  control: Pick<Control, 'id' | 'thresholds'>,
  of: {
    readonly setting: ControlSetting | null;
    readonly policy: PolicyThresholds | null;
    readonly isUnique: (threshold: string) => boolean;
  },
): Readonly<Record<string, EffectiveThreshold>> {
  return Object.fromEntries(
    Object.entries(control.thresholds).map(([name, spec]) => {
      const candidates: EffectiveThreshold[] = [{ value: spec.default, origin: 'default', since: null }];
      const told =
        of.policy?.values[`${control.id}.${name}`] ??
        (of.isUnique(name) ? of.policy?.values[name] : undefined);
      if (told !== undefined && of.policy !== null && refuseThreshold(spec, told) === null)
        candidates.push({ value: told, origin: 'policy', since: of.policy.validFrom });
      const set = valuesOf(of.setting)[name];
      if (set !== undefined && of.setting !== null && refuseThreshold(spec, set) === null)
        candidates.push({ value: set, origin: 'setting', since: of.setting.effectiveFrom });
      const [first, ...rest] = candidates;
      return [
        name,
        rest.reduce(
          (best, one) => ((one.since ?? 0) >= (best.since ?? 0) ? one : best),
          first ?? defaultOf(spec.default),
        ),
      ];
    }),
  );
}

function defaultOf(value: ThresholdValue): EffectiveThreshold {
  return { value, origin: 'default', since: null };
}

/** The plain values, as controls take them. */
export function plainThresholds(
  control: Pick<Control, 'thresholds'>,
  effective: Readonly<Record<string, EffectiveThreshold>>,
): ThresholdValues {
  return {
    ...defaultThresholds(control.thresholds),
    ...Object.fromEntries(Object.entries(effective).map(([name, one]) => [name, one.value])),
  };
}

/** The thresholds of a setting; none where it is of another kind or holds something else. */
export function valuesOf(setting: ControlSetting | null): Readonly<Record<string, ThresholdValue>> {
  if (setting === null || typeof setting.value !== 'object' || setting.value === null) return {};
  return Object.fromEntries(
    Object.entries(setting.value).filter((entry): entry is [string, ThresholdValue] =>
      ['number', 'boolean', 'string'].includes(typeof entry[1]),
    ),
  );
}

/** Whether a control was declared not applicable at an instant; a declaration past its end is none. */
export function notApplicableAt(setting: ControlSetting | null, at: Date): NotApplicable | null {
  if (setting === null || setting.expiresAt === null || setting.expiresAt <= at) return null;
  const value: unknown = setting.value;
  const isNot =
    typeof value === 'object' && value !== null && 'applicable' in value && value.applicable === false;
  return isNot ? { reason: setting.reason, expiresAt: setting.expiresAt } : null;
}

/** The schedule of a setting; the default where nothing, or nothing readable, was set. */
export function scheduleOf(setting: ControlSetting | null): Schedule {
  const value: unknown = setting?.value;
  if (typeof value !== 'object' || value === null) return DEFAULT_SCHEDULE;
  const formal = 'formal' in value ? FORMAL_CADENCES.find((one) => one === value.formal) : undefined;
  const continuous = 'continuous' in value ? value.continuous : undefined;
  const hour = 'hour' in value ? value.hour : undefined;
  return {
    formal: formal ?? DEFAULT_SCHEDULE.formal,
    continuous: typeof continuous === 'boolean' ? continuous : DEFAULT_SCHEDULE.continuous,
    hour:
      typeof hour === 'number' && Number.isInteger(hour) && hour >= 0 && hour < 24
        ? hour
        : DEFAULT_SCHEDULE.hour,
  };
}
