import { z } from 'zod';
import type { ActorKind, Linkage, Planning } from '@/lib/kernel/words';
import { changeFilterSchema } from '../contract';
import type { ActionKind } from '../model/timeline/action-kind';
import { GRAINS, type Grain } from '../model/timeline/grains';
import { type Lane, TIMELINE_RISKS, type TimelineRisk } from '../model/timeline/lanes';

/** What crosses HTTP about the timeline of high-risk changes. */
export const timelineQuerySchema = changeFilterSchema.extend({
  /** Levels to show; both when left out. Lower levels never stand on the timeline. */
  risk: z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(z.enum(TIMELINE_RISKS)).optional(),
  ),
  /** Width of bins; chosen by the range when left out, and widened where it gives too many. */
  grain: z.enum(GRAINS).optional(),
  /** `bins` never draws single marks; `marks` draws them as long as there are few enough. */
  draw: z.enum(['marks', 'bins']).optional(),
});
export type TimelineQuery = z.output<typeof timelineQuerySchema>;

/** A change, or the changes of one session, as one mark. */
export type TimelineMarkDto = {
  readonly key: string;
  readonly kind: 'change' | 'session';
  readonly lane: Lane;
  readonly at: string;
  /** Last change of a session; the same as `at` for a change. */
  readonly until: string;
  readonly action: ActionKind;
  readonly risk: TimelineRisk;
  /** Changes of the timeline that this mark alone stands for. */
  readonly count: number;
  /** All changes of the session, of whatever risk; 1 for a change. */
  readonly size: number;
  /** The session it is, or is part of. */
  readonly session: { readonly id: string; readonly sentence: string; readonly changes: number } | null;
  /** The change itself, or the gravest of the session. */
  readonly change: {
    readonly id: string;
    readonly eventDate: string;
    readonly sentence: string;
    readonly actor: { readonly kind: ActorKind; readonly name: string | null };
    readonly service: string;
    readonly entityType: string;
    readonly linkage: Linkage;
    readonly planning: Planning;
    /** What asked for it, where something did. */
    readonly reference: string | null;
    readonly remoteIp: string | null;
  };
};

/** Changes of one lane in `[from, to)`, which open exactly the rows they count. */
export type TimelineBinDto = {
  readonly lane: Lane;
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly risk: Readonly<Record<TimelineRisk, number>>;
  readonly action: Readonly<Record<ActionKind, number>>;
};

/** Hours that were not seen: asked and not answered, or not allowed to be read. */
export type TimelineGapDto = {
  readonly from: string;
  readonly to: string;
  readonly hours: number;
  readonly state: 'gap' | 'not_evaluated';
  readonly because: string | null;
};

/** When changes were approved to happen, or were not to happen at all. Start inclusive, end exclusive. */
export type TimelineSpanDto = {
  readonly id: string;
  readonly kind: 'window' | 'freeze';
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** What it covers, in words: `Telephony`, `the whole organisation`. */
  readonly scope: string;
  readonly approver: string | null;
};

export type TimelineDto = {
  readonly from: string;
  readonly to: string;
  readonly grain: Grain;
  readonly drawn: 'marks' | 'bins';
  /** Exactly the rows of the list under the same filter. */
  readonly total: number;
  readonly lanes: Readonly<Record<Lane, number>>;
  readonly risk: Readonly<Record<TimelineRisk, number>>;
  readonly marks: readonly TimelineMarkDto[];
  readonly bins: readonly TimelineBinDto[];
  readonly gaps: readonly TimelineGapDto[];
  /** Hours of the range that were not seen. */
  readonly missingHours: number;
  readonly spans: readonly TimelineSpanDto[];
  /** Windows and freezes of the range that are left out of `spans` because there are too many. */
  readonly spansLeftOut: number;
};
