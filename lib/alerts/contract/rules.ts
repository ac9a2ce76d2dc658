import { z } from 'zod';
import { ACTOR_KINDS, RISKS, ROLES } from '@/lib/kernel/words';

/** Routing as data: what, how grave, where -> who, by which channel, when. */
const id = z.string().min(1).max(200);
const zone = z.string().refine(isZone, 'is no time zone such as Europe/Rome');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time such as 22:00');
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export const alertRuleSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  enabled: z.boolean(),
  what: z.strictObject({
    /** Ids of detection rules; empty: all. */
    rules: z.array(id).max(100),
    minSeverity: z.enum(RISKS),
    orgs: z.array(z.uuid()).max(200),
    divisions: z.array(id).max(500),
    actorKinds: z.array(z.enum(ACTOR_KINDS)),
  }),
  who: z.strictObject({ roles: z.array(z.enum(ROLES)), users: z.array(id).max(200) }),
  /** Ids of channels besides the inbox, which everybody in `who` always has. */
  channels: z.array(id).max(50),
  quietHours: z
    .strictObject({
      zone,
      days: z.array(z.enum(WEEKDAYS)).min(1),
      from: time,
      to: time,
      /** Findings this grave go out all the same. */
      exceptFrom: z.enum(RISKS),
    })
    .nullable(),
  /** Nobody acknowledged it for so long: tell these, too. */
  escalation: z
    .strictObject({
      afterMinutes: z.int().min(1).max(10_080),
      roles: z.array(z.enum(ROLES)),
      channels: z.array(id).max(50),
    })
    .nullable(),
  /** What makes one alert of several findings; a session is always one. */
  grouping: z.enum(['subject', 'actor', 'rule', 'none']),
  /** Collected and sent together instead of one by one. */
  digest: z.strictObject({ every: z.enum(['hour', 'day']), at: time, zone }).nullable(),
});
export type AlertRule = z.infer<typeof alertRuleSchema>;

export type AlertRuleDto = AlertRule & {
  readonly id: string;
  readonly since: string;
  readonly changedBy: string;
  /** Comes with the product; can be changed and switched off, not deleted. */
  readonly builtIn: boolean;
  /** Alerts it sent in the last 30 days. */
  readonly sent30Days: number;
};

/** POST /api/v1/alert-rules/preview: what a rule would have sent of the findings of the last 30 days, and to whom. */
export type AlertRulePreviewDto = {
  readonly from: string;
  readonly to: string;
  /** Findings it is about, and the alerts they would have been. */
  readonly findings: number;
  readonly alerts: number;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly channels: readonly string[];
  /** The newest of them. */
  readonly examples: readonly {
    readonly title: string;
    readonly severity: (typeof RISKS)[number];
    readonly at: string;
    readonly findings: number;
  }[];
  /** There were more findings than a preview looks at. */
  readonly incomplete: boolean;
};

/** A detection rule as pages show it. */
export type DetectionDto = {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly severity: (typeof RISKS)[number] | 'varies';
  readonly runbook: string;
  readonly unmutable: boolean;
  readonly responses: readonly string[];
};

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    // Intl throws for a name it does not know; that is the answer.
    return false;
  }
}
