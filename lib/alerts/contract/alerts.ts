import { z } from 'zod';
import type { ActorKind, Risk } from '@/lib/kernel/words';
import { RISKS } from '@/lib/kernel/words';
import type { DeliveryDto } from './deliveries';

/** What crosses HTTP about alerts, the inbox and mutes. */
const many = <T extends z.ZodType>(one: T) =>
  z.preprocess(
    (value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]),
    z.array(one).optional(),
  );
const instant = z.iso.datetime({ offset: true });

/** `historic`: what it tells of was older than a day when it was found, so nobody was sent anything. */
export const ALERT_STATES = ['open', 'acknowledged', 'closed', 'historic', 'merged'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

export const alertListSchema = z.object({
  from: instant.optional(),
  to: instant.optional(),
  org: many(z.uuid()),
  state: many(z.enum(ALERT_STATES)),
  severity: many(z.enum(RISKS)),
  /** Ids of rules. */
  rule: many(z.string().max(100)),
  q: z.string().trim().max(200).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
export type AlertListQuery = z.infer<typeof alertListSchema>;

/** POST /api/v1/alerts/{id}/decisions */
export const alertDecisionSchema = z.strictObject({
  decision: z.enum(['acknowledge', 'close', 'reopen']),
  reason: z.string().trim().min(3).max(2_000),
});

export type AlertDto = {
  readonly id: string;
  readonly orgId: string;
  readonly state: AlertState;
  readonly severity: Risk;
  /** One sentence, led by the gravest finding. */
  readonly title: string;
  /** Rules of its findings, the gravest first. */
  readonly rules: readonly string[];
  readonly subject: { readonly type: string; readonly id: string; readonly name: string | null };
  readonly actor: {
    readonly kind: ActorKind;
    readonly id: string | null;
    readonly name: string | null;
  } | null;
  readonly findings: number;
  readonly sessionId: string | null;
  readonly moveId: string | null;
  readonly firstEventAt: string;
  readonly lastEventAt: string;
  readonly raisedAt: string;
  readonly updatedAt: string;
  /** Milliseconds from the first event until it was received, until this alert stood, until the first delivery; null: not yet or not meant. */
  readonly delays: {
    readonly toReceived: number | null;
    readonly toAlert: number;
    readonly toDelivered: number | null;
  };
  readonly mutedUntil: string | null;
  readonly unmutable: boolean;
  readonly deliveries: { readonly delivered: number; readonly waiting: number; readonly dead: number };
  readonly incident: { readonly number: string; readonly url: string | null } | null;
};

export type AlertDetailDto = AlertDto & {
  readonly items: readonly {
    readonly id: string;
    readonly rule: string;
    readonly ruleTitle: string;
    readonly severity: Risk;
    readonly sentence: string;
    readonly reasons: readonly string[];
    readonly occurredAt: string;
    readonly foundAt: string;
    readonly changeIds: readonly string[];
    readonly moveId: string | null;
  }[];
  readonly deliveryList: readonly DeliveryDto[];
  readonly runbook: string | null;
  /** What happened to the alert itself, newest first. */
  readonly history: readonly { readonly at: string; readonly who: string; readonly said: string }[];
  readonly responseIds: readonly string[];
  /** Why nobody was told, where nobody was. */
  readonly notSent: string | null;
};

/** How long alerts took, over the alerts of a period; nulls where nothing was delivered. Milliseconds. */
export type AlertDelaysDto = {
  readonly alerts: number;
  readonly eventToAlert: { readonly p50: number | null; readonly p95: number | null };
  readonly eventToDelivered: { readonly p50: number | null; readonly p95: number | null };
  readonly receivedToDelivered: { readonly p50: number | null; readonly p95: number | null };
  readonly byState: Readonly<Record<AlertState, number>>;
  readonly deadDeliveries: number;
};

/** GET /api/v1/inbox */
export const inboxListSchema = z.object({
  unread: z.enum(['true']).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
/** POST /api/v1/inbox/read: these, or all there are up to an instant. */
export const inboxReadSchema = z.union([
  z.strictObject({ ids: z.array(z.string().max(100)).min(1).max(500), read: z.boolean() }),
  z.strictObject({ allBefore: instant }),
]);
export type InboxItemDto = {
  readonly id: string;
  readonly alertId: string;
  readonly orgId: string;
  readonly at: string;
  readonly severity: Risk;
  readonly title: string;
  readonly purpose: 'alert' | 'update' | 'escalation' | 'reminder' | 'digest' | 'response';
  readonly readAt: string | null;
  /** Page inside the product that it leads to. */
  readonly path: string;
};
export type InboxDto = {
  readonly items: readonly InboxItemDto[];
  readonly nextCursor: string | null;
  readonly unread: number;
};

/** POST /api/v1/mutes: what is not sent until then; findings and alerts are kept all the same. */
export const muteSchema = z.strictObject({
  org: z.uuid(),
  rule: z.string().min(1).max(100),
  /** Only about this subject or by this actor; absent: all of the rule. */
  subjectId: z.string().max(200).optional(),
  actorId: z.string().max(200).optional(),
  reason: z.string().trim().min(10).max(2_000),
  until: instant,
});
export type MuteDto = {
  readonly id: string;
  readonly orgId: string;
  readonly rule: string;
  readonly subjectId: string | null;
  readonly actorId: string | null;
  readonly reason: string;
  readonly since: string;
  readonly until: string;
  readonly by: string;
  readonly state: 'in_force' | 'past' | 'lifted';
  /** Alerts that were not sent because of it. */
  readonly held: number;
};
