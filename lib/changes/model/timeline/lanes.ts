import type { Planning } from '@/lib/kernel/words';

/** Where a change stands on the timeline: somebody planned it, nobody did, or it is no accountable change. */
export const LANES = ['planned', 'ad_hoc', 'not_applicable'] as const;
export type Lane = (typeof LANES)[number];

export function laneOf(planning: Planning): Lane {
  return planning === 'ad_hoc' || planning === 'not_applicable' ? planning : 'planned';
}

/** The plannings that stand in a lane: what a list filters on to show the lane's rows. */
export const PLANNINGS_OF_LANE = {
  planned: ['planned_pipeline', 'planned_manual'],
  ad_hoc: ['ad_hoc'],
  not_applicable: ['not_applicable'],
} as const satisfies Record<Lane, readonly Planning[]>;

/** Only these levels stand on the timeline. */
export const TIMELINE_RISKS = ['high', 'critical'] as const;
export type TimelineRisk = (typeof TIMELINE_RISKS)[number];
