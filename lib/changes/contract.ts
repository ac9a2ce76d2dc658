import { z } from 'zod';
import {
  ACTOR_KINDS,
  type COVERAGE_STATES,
  EXCLUSIONS,
  LINKAGES,
  PLANNINGS,
  RISKS,
  SOURCES,
} from '@/lib/kernel/words';

import type { TicketNowDto, VerdictDto } from './contract/links';

/** What crosses HTTP about changes and their coverage. Names are fixed by design 9. */
const many = <T extends z.ZodType>(one: T) =>
  z.preprocess(
    (value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]),
    z.array(one).optional(),
  );
const instant = z.iso.datetime({ offset: true });

export const changeFilterSchema = z.object({
  from: instant.optional(),
  to: instant.optional(),
  org: many(z.uuid()),
  service: many(z.string().max(200)),
  entityType: many(z.string().max(200)),
  action: many(z.string().max(200)),
  /** Ids of actors; `unknown` for records that name none. */
  actor: many(z.string().max(200)),
  actorKind: many(z.enum(ACTOR_KINDS)),
  risk: many(z.enum(RISKS)),
  /** Ids of rules of the table of high-risk changes, whatever their version. */
  riskRule: many(z.string().max(200)),
  linkage: many(z.enum(LINKAGES)),
  planning: many(z.enum(PLANNINGS)),
  /** `true` only accountable changes, `false` only the others. */
  accountable: z.enum(['true', 'false']).optional(),
  excluded: many(z.enum(EXCLUSIONS)),
  source: many(z.enum(SOURCES)),
  session: z.string().max(200).optional(),
  entity: many(z.string().max(200)),
  /** Where targets lay (ids), departments of those who acted, as known then or `unknown`; and only what had been received by `asOf`, judged as of it. */
  division: many(z.string().max(200)),
  team: many(z.string().max(300)),
  bypass: z.enum(['true', 'false']).optional(),
  asOf: instant.optional(),
  /** Text: an id (change, actor, target) or part of a name as it was at the time. */
  q: z.string().trim().max(200).optional(),
});
export type ChangeFilter = z.infer<typeof changeFilterSchema>;

export const changeListSchema = changeFilterSchema.extend({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
  sort: z.enum(['newest', 'oldest']).optional(),
});
export type ChangeListQuery = z.infer<typeof changeListSchema>;

/** A name as it was at the moment of the change, and how we know; `name` null means unresolved, never today's name instead. */
export type NameAt = {
  readonly id: string;
  readonly name: string | null;
  readonly from:
    | 'snapshot'
    | 'earlier_snapshot'
    | 'create_event'
    | 'record'
    | 'platform_lookup'
    | 'unresolved';
  /** Instant the name is known from (ISO), where there is one. */
  readonly knownFrom: string | null;
};

export type PropertyChangeDto = {
  readonly property: string;
  readonly oldValues: readonly string[];
  readonly newValues: readonly string[];
  /** Names for values that are ids, in the same places; null where the value is no id we know. */
  readonly oldNames: readonly (NameAt | null)[];
  readonly newNames: readonly (NameAt | null)[];
};

export type LinkClaimDto = {
  readonly kind: 'jira' | 'servicenow' | 'commit' | 'manual' | 'window';
  readonly reference: string;
  readonly status: (typeof LINKAGES)[number];
  readonly reasons: readonly string[];
  readonly foundBy: string;
  readonly confidence: number;
  readonly ticketStatusAtChange: string | null;
  readonly approvedAt: string | null;
  readonly approvers: readonly string[];
  readonly window: { readonly from: string; readonly to: string } | null;
  readonly namesTarget: boolean | null;
  readonly url: string | null;
  readonly title: string | null;
  readonly checkedAt: string;
};

export type ChangeDto = {
  readonly id: string;
  readonly orgId: string;
  readonly eventDate: string;
  readonly receivedAt: string;
  readonly source: (typeof SOURCES)[number];
  readonly service: string;
  readonly entityType: string;
  readonly action: string;
  readonly level: string;
  readonly status: string | null;
  /** What happened in words: `Dana Admin moved Ravi Agent from US Sales to EMEA Restricted`. */
  readonly sentence: string;
  readonly actor: {
    readonly kind: (typeof ACTOR_KINDS)[number];
    readonly id: string | null;
    readonly name: string | null;
  };
  readonly client: { readonly id: string; readonly name: string | null } | null;
  readonly entity: { readonly id: string | null; readonly name: string | null };
  readonly remoteIp: readonly string[];
  readonly risk: { readonly level: (typeof RISKS)[number]; readonly reasons: readonly string[] };
  readonly accountable: boolean;
  readonly excludedReason: (typeof EXCLUSIONS)[number] | null;
  readonly provisional: boolean;
  readonly linkage: {
    readonly status: (typeof LINKAGES)[number];
    readonly reason: string | null;
    readonly links: readonly LinkClaimDto[];
  };
  readonly planning: (typeof PLANNINGS)[number];
  readonly sessionId: string | null;
  readonly propertyChanges: readonly PropertyChangeDto[];
  readonly ledger: { readonly index: number | null; readonly leafHash: string };
};

/** One change with everything behind it. */
export type ChangeDetailDto = ChangeDto & {
  readonly message: string | null;
  readonly context: Readonly<Record<string, string>>;
  readonly application: string | null;
  readonly transactionId: string | null;
  readonly correlationId: string | null;
  readonly entityNameAt: NameAt | null;
  readonly actorNameAt: NameAt | null;
  readonly entityChanges: readonly unknown[];
  readonly unknownFields: readonly string[];
  readonly normaliserVersion: number;
  readonly evidence: {
    readonly pageId: string;
    readonly pageNumber: number;
    readonly queryId: string | null;
    readonly url: string | null;
    readonly offset: number;
    readonly length: number;
    readonly recordSha256: string;
    readonly pageSha256: string;
    readonly sightings: readonly { readonly path: (typeof SOURCES)[number]; readonly receivedAt: string }[];
  };
  /** Oldest first. */
  readonly verdicts: readonly VerdictDto[];
  /** The tickets that the claims name, as they are now. */
  readonly tickets: readonly TicketNowDto[];
  readonly riskReasons: readonly string[];
  /** The rule behind each reason, in their order; empty where it was judged before rules had names. */
  readonly riskRules: readonly { readonly id: string; readonly version: number; readonly name: string }[];
  readonly related: readonly { readonly id: string; readonly eventDate: string; readonly sentence: string }[];
};

/** Facets: how many changes each value of each filter has under the *other* filters. Exact. */
export type FacetsDto = {
  readonly total: number;
  readonly facets: Readonly<
    Record<
      'service' | 'entityType' | 'action' | 'actorKind' | 'risk' | 'linkage' | 'planning' | 'excluded',
      readonly { readonly value: string; readonly count: number }[]
    >
  >;
  readonly actors: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly kind: string;
    readonly count: number;
  }[];
};

export const coverageQuerySchema = z.object({
  org: many(z.uuid()),
  source: many(z.enum(SOURCES)),
  service: many(z.string().max(200)),
  from: instant.optional(),
  to: instant.optional(),
});
export type CoverageQuery = z.infer<typeof coverageQuerySchema>;

/** One hour, the worst state over the services asked for, with the counts behind it. */
export type CoverageHourDto = {
  readonly hour: string;
  readonly state: (typeof COVERAGE_STATES)[number];
  readonly basis: 'one_reading' | 'two_readings' | 'two_paths' | null;
  readonly records: number;
  readonly services: number;
  readonly quarantined: number;
  readonly because: string | null;
};
export type CoverageDto = {
  readonly from: string;
  readonly to: string;
  readonly hours: readonly CoverageHourDto[];
  readonly totals: Readonly<Record<(typeof COVERAGE_STATES)[number], number>>;
  readonly services: readonly string[];
  /** Everything before this instant was asked for and answered, or is named as a gap; null when nothing was collected yet. */
  readonly readTo: string | null;
  /** Whether the database itself keeps facts append-only; false where the product runs with the owner's login. */
  readonly appendOnlyEnforced: boolean;
  /** Before this instant every hour is complete, or named as a gap or not evaluated; later ones were read once and may still grow. */
  readonly completeTo: string | null;
};

/** Lists without a filter of their own: quarantine, observations, collections. */
export const pagedQuerySchema = z.object({
  org: many(z.uuid()),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
export type PagedQuery = z.infer<typeof pagedQuerySchema>;
