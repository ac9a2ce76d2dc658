import {
  WHOLE_ORGANIZATION,
  type WindowKind,
  type WindowScope,
  type WindowTimes,
} from '../model/window/window';
import type { SourceWindow } from './apply-source';

const DAYS = { mon: 'MO', tue: 'TU', wed: 'WE', thu: 'TH', fri: 'FR', sat: 'SA', sun: 'SU' } as const;
/** Weekly windows of a policy have no first day; this one lies before every change. */
const FIRST_DAY = '2000-01-03';
const DAY_MINUTES = 24 * 60;

/** `windows[]` and `freezes[]` of the policy: once, weekly in words, or by a recurrence rule. */
export type PolicyWindow = {
  readonly name: string;
  readonly approver?: string | undefined;
  readonly ticket?: string | undefined;
  readonly approvedAt?: string | undefined;
  readonly scope?: { readonly [List in keyof WindowScope]?: readonly string[] | undefined } | undefined;
} & (
  | { readonly from: string; readonly to: string; readonly zone?: string | undefined }
  | {
      readonly days: readonly (keyof typeof DAYS)[];
      readonly start: string;
      readonly end: string;
      readonly zone: string;
    }
  | {
      readonly start: string;
      readonly minutes: number;
      readonly rule: string;
      readonly zone: string;
      readonly except?: readonly string[] | undefined;
    }
);

/** What the policy says about when changes may be made, as windows of the calendar. */
export function windowsOfPolicy(policy: {
  readonly windows?: readonly PolicyWindow[] | undefined;
  readonly freezes?: readonly PolicyWindow[] | undefined;
}): SourceWindow[] {
  return [
    ...(policy.windows ?? []).map((one) => windowOf('window', one)),
    ...(policy.freezes ?? []).map((one) => windowOf('freeze', one)),
  ];
}

function windowOf(kind: WindowKind, said: PolicyWindow): SourceWindow {
  return {
    kind,
    name: said.name,
    zone: said.zone ?? 'UTC',
    times: timesOf(said),
    scope: { ...WHOLE_ORGANIZATION, ...given(said.scope) },
    approver: said.approver ?? null,
    ticket: said.ticket ?? null,
    sourceKey: `${kind}: ${said.name}`,
    url: null,
    since: said.approvedAt === undefined ? null : new Date(said.approvedAt),
  };
}

function given(scope: PolicyWindow['scope']): Partial<WindowScope> {
  return Object.fromEntries(Object.entries(scope ?? {}).filter(([, list]) => list !== undefined));
}

function timesOf(said: PolicyWindow): WindowTimes {
  if ('from' in said) return { kind: 'once', from: new Date(said.from), to: new Date(said.to) };
  if ('rule' in said) {
    const { start, minutes, rule, except } = said;
    return { kind: 'recurring', start, minutes, rule, except: except ?? [] };
  }
  const length = minuteOf(said.end) - minuteOf(said.start);
  return {
    kind: 'recurring',
    start: `${FIRST_DAY}T${said.start}`,
    // An end at or before the start lies on the next day.
    minutes: length > 0 ? length : length + DAY_MINUTES,
    rule: `FREQ=WEEKLY;BYDAY=${said.days.map((day) => DAYS[day]).join(',')}`,
    except: [],
  };
}

function minuteOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
}
