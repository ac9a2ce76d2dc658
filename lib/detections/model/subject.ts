import type { PropertyChange } from '@/lib/changes/model/record/change';
import type { RecordedMove } from '@/lib/divisions/model/recorded-move';
import type { ActorKind, Linkage, Planning, Risk } from '@/lib/kernel/words';

/** A change as rules read it: names and opinions as they stand now. */
export type ChangeSubject = {
  readonly id: string;
  readonly at: Date;
  readonly receivedAt: Date;
  /** Told by push, not yet confirmed by a pull. */
  readonly provisional: boolean;
  readonly service: string;
  readonly entityType: string;
  readonly action: string;
  readonly level: string;
  readonly actor: { readonly kind: ActorKind; readonly id: string | null; readonly name: string | null };
  readonly client: { readonly id: string; readonly name: string | null } | null;
  readonly entity: { readonly id: string | null; readonly name: string | null };
  /** The target's name as the record has it: for role grants a composite of ids. */
  readonly recordName: string | null;
  readonly propertyChanges: readonly PropertyChange[];
  readonly accountable: boolean;
  readonly risk: Risk;
  readonly riskReasons: readonly string[];
  readonly linkage: Linkage;
  /** `not_evaluated`: what it cites could not be looked up. */
  readonly linkageReason: string | null;
  readonly planning: Planning;
  /** What it cites was not looked up yet: that it is ad-hoc says nothing so far. */
  readonly awaitsLinks: boolean;
  readonly bypass: boolean;
  readonly divisionId: string | null;
  readonly sessionId: string | null;
  /** What happened, in words. */
  readonly sentence: string;
  /** Names of the ids in it, as of the event. */
  readonly nameOf: (id: string) => string | null;
};

export type MoveSubject = RecordedMove;

/** An organisation of which nothing was read for too long. */
export type SilenceSubject = {
  readonly orgId: string;
  readonly orgName: string;
  /** The last answered reading, or when the organisation was connected. */
  readonly since: Date;
  readonly everRead: boolean;
  readonly minutes: number;
};

/** A mute that holds alerts back though what it was made for is over. */
export type MuteSubject = {
  readonly id: string;
  readonly rule: string;
  readonly ruleTitle: string;
  readonly reason: string;
  readonly by: string;
  readonly until: Date;
  readonly held: number;
  /** Why it is past its reason; `at` is when that came about. */
  readonly past: {
    readonly why: 'ended' | 'ticket_closed';
    readonly ticket: string | null;
    readonly at: Date;
  };
};

/** What else is known when a rule judges: of the moment of its subject, never of today. */
export type RuleContext = {
  readonly isPrivilegedRole: (roleId: string) => boolean;
  /** The id of the person who owns an OAuth client, where the directory tells. */
  readonly ownerOf: (clientId: string) => string | null;
  /** How many OAuth clients the actor of the change made in the hour up to it, itself included. */
  readonly clientsMadeWithinHour: (change: ChangeSubject) => number;
  /** The type of an integration, such as `amazon-eventbridge-source`, where the directory tells. */
  readonly integrationTypeOf: (id: string) => string | null;
  /** Whether a change cites something that nobody has looked up yet. */
  readonly awaitsLinks: (changeId: string) => boolean;
  /**
   * The approved change windows about a change that were open when it was made, by name; null where no calendar was kept then, so that
   * nothing can be said.
   */
  readonly openWindows: (change: ChangeSubject) => readonly string[] | null;
};

/** What knows nothing: for subjects that need nothing else. */
export const NOTHING_KNOWN: RuleContext = {
  isPrivilegedRole: () => false,
  ownerOf: () => null,
  clientsMadeWithinHour: () => 0,
  integrationTypeOf: () => null,
  awaitsLinks: () => false,
  openWindows: () => null,
};
