/** One entry of a maintenance (`window`) or blackout (`freeze`) schedule, its repetition as an RFC 5545 rule. */
export type ScheduleEntry = {
  readonly kind: 'window' | 'freeze';
  readonly name: string;
  readonly zone: string;
  readonly times:
    | { readonly kind: 'once'; readonly from: Date; readonly to: Date }
    | {
        readonly kind: 'recurring';
        /** Local start on the clock of the zone: `2026-11-02T22:00`. */
        readonly start: string;
        readonly minutes: number;
        readonly rule: string;
        readonly except: readonly string[];
      };
  /** Who put it there last; null where nobody is named. */
  readonly approver: string | null;
  readonly sourceKey: string;
  readonly url: string | null;
  /** Since when it stands there as it does. */
  readonly since: Date | null;
};
