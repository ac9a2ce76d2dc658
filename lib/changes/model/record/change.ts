import type { Exclusion } from '@/lib/kernel/words';

/** Raised whenever `normalise` could give another result for the same bytes; stamped on every change. */
export const NORMALISER_VERSION = 1;

/** One property of one change; a change with none has an empty list, never a made-up row. */
export type PropertyChange = {
  readonly property: string;
  readonly oldValues: readonly string[];
  readonly newValues: readonly string[];
};

/** One audit record in our words: the same for every shape it can come in. Facts only; nothing here needs another source. */
export type NormalisedChange = {
  /** The platform's audit id. */
  readonly id: string;
  /** The source's time, cut to whole seconds. */
  readonly eventDate: Date;
  readonly service: string;
  readonly entityType: string;
  readonly action: string;
  readonly level: string;
  readonly userId: string | null;
  readonly userHomeOrgId: string | null;
  readonly clientId: string | null;
  /** User, else client: who acted as the record itself tells it. */
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly entityId: string | null;
  readonly entityName: string | null;
  readonly remoteIp: readonly string[];
  readonly application: string | null;
  readonly message: string | null;
  readonly context: Readonly<Record<string, string>>;
  readonly propertyChanges: readonly PropertyChange[];
  /** Where citations are read from: new values of description, notes and comment properties, message, context; null when empty. */
  readonly citableText: string | null;
  readonly correlationId: string | null;
  /** Null where the shape does not carry it (push): filled by the pull. */
  readonly status: string | null;
  readonly transactionId: string | null;
  readonly transactionInitiator: boolean | null;
  readonly entityChanges: readonly unknown[] | null;
  /** Whether the shape can tell status, initiating action and entity changes at all; REST and realtime can, notification and file cannot. */
  readonly complete: boolean;
  /** Paths of fields that the normaliser does not know, such as `dataResidency` or `entity.tags`. */
  readonly unknownFields: readonly string[];
};

export type Accountability = {
  readonly accountable: boolean;
  readonly excludedReason: Exclusion | null;
};

/** Something in a record that is not as it was: reported, never a reason to lose the record. */
export type Drift = {
  readonly kind: 'new_field' | 'retyped_field' | 'removed_field';
  /** Path of the field. */
  readonly field: string;
  readonly detail: string;
};

/** Why bytes could not become a change. */
export const UNREADABLE_REASONS = [
  'page_unreadable',
  'invalid_utf8',
  'invalid_json',
  'not_an_object',
  'missing_id',
  'bad_id',
  'missing_time',
  'bad_time',
  'implausible_time',
  'missing_service',
  'missing_entity_type',
  'missing_action',
  'missing_level',
  'retyped_field',
  'unexpected',
] as const;
export type UnreadableReason = (typeof UNREADABLE_REASONS)[number];

export type Normalised =
  | { readonly kind: 'change'; readonly change: NormalisedChange; readonly drift: readonly Drift[] }
  | {
      readonly kind: 'unreadable';
      readonly reason: UnreadableReason;
      readonly message: string;
      readonly drift: readonly Drift[];
    };
