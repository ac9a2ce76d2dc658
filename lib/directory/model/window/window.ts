import type { Interval } from '@/lib/kernel/instant';

export const WINDOW_KINDS = ['window', 'freeze'] as const;
/** `window`: changes may be made; `freeze`: none may, but emergencies. */
export type WindowKind = (typeof WINDOW_KINDS)[number];

export const WINDOW_SOURCES = ['typed', 'policy', 'servicenow'] as const;
/** Where a window was said: typed in here, in the policy, or in ServiceNow. What is not typed in is read-only here. */
export type WindowSource = (typeof WINDOW_SOURCES)[number];

/** When a window is open: once, or again and again by the wall clock of its zone. */
export type WindowTimes =
  | { readonly kind: 'once'; readonly from: Date; readonly to: Date }
  | {
      readonly kind: 'recurring';
      /** Local date and time of the first occurrence that the rule may give: `2026-11-02T22:00`. */
      readonly start: string;
      /** Length on the wall clock: from 22:00, 360 minutes end at 04:00 whatever the clocks do in between. */
      readonly minutes: number;
      /** An RFC 5545 recurrence rule without its name: `FREQ=WEEKLY;BYDAY=MO,TH`. */
      readonly rule: string;
      /** Local starts that the rule gives and that do not take place (EXDATE). */
      readonly except: readonly string[];
    };

/** What a window is about: everything that fits each list that is not empty. All empty: the whole organisation. */
export type WindowScope = {
  /** Ids of divisions. */
  readonly divisions: readonly string[];
  readonly services: readonly string[];
  readonly entityTypes: readonly string[];
  /** Ids of the platform's objects, by name the only ones that may be changed. */
  readonly objects: readonly string[];
};

export const WHOLE_ORGANIZATION: WindowScope = { divisions: [], services: [], entityTypes: [], objects: [] };

/** What a window says, whoever said it. */
export type WindowDefinition = {
  readonly kind: WindowKind;
  readonly name: string;
  /** IANA name of the time zone by whose clock it recurs and is shown. */
  readonly zone: string;
  readonly times: WindowTimes;
  readonly scope: WindowScope;
  /** Who approved it; null: nobody is named, and it authorises nothing by itself. */
  readonly approver: string | null;
  /** Number or key of the ticket that asked for it. */
  readonly ticket: string | null;
};

/**
 * What a window was from an instant on. `decidedAt` is when it became known here and `effectiveFrom` from when it holds: the same instant
 * for what is typed in, an earlier one only where a source tells that it stood there before it was read.
 */
export type WindowVersion = WindowDefinition & {
  readonly orgId: string;
  readonly windowId: string;
  readonly versionId: string;
  readonly source: WindowSource;
  /** How its source calls it: the name in the policy, the `sys_id` in ServiceNow; null for what was typed in. */
  readonly sourceKey: string | null;
  /** Where it can be looked at in its source. */
  readonly url: string | null;
  readonly withdrawn: boolean;
  readonly effectiveFrom: Date;
  readonly decidedAt: Date;
  readonly decidedBy: string;
  readonly reason: string;
};

/** One time a window is open, while the version that says so was in force. */
export type Occurrence = Interval & { readonly window: WindowVersion };
