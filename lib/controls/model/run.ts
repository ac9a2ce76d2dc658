import type { Outcome } from '@/lib/kernel/words';
import type { Observation } from './control';
import type { Cadence } from './schedule';
import type { ThresholdValues } from './threshold';

/** Kinds of the leaves of this room's facts. */
export const RUN_FACT = 'control_run';
export const RESULT_FACT = 'control_result';
export const EVIDENCE_FACT = 'control_evidence';
export const SETTING_FACT = 'control_setting';

export type OutcomeCounts = { readonly [O in Outcome]: number };

/** One finished run over every control of an organisation. */
export type ControlRun = {
  readonly id: string;
  readonly orgId: string;
  readonly occasion: 'scheduled' | 'asked';
  readonly cadence: Cadence;
  readonly dueAt: Date | null;
  readonly askedBy: string | null;
  /** The instant whose state it looked at: all inputs were read at or after it. */
  readonly asOf: Date;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly counts: OutcomeCounts;
  readonly clientId: string | null;
  readonly productVersion: string;
};

export type EvidenceState = 'answered' | 'no_permission' | 'not_available' | 'failed';

/** One input as it was read for a run, with its answer as JSON without secrets; null where there was none. */
export type InputEvidence = {
  readonly input: string;
  readonly source: 'platform' | 'product';
  /** `GET /api/v2/…`; null for what the product counts. */
  readonly endpoint: string | null;
  readonly permission: string | null;
  readonly state: EvidenceState;
  /** Why there is no answer; null where there is one. */
  readonly because: string | null;
  readonly httpStatus: number | null;
  readonly fetchedAt: Date;
  readonly expectedTotal: number | null;
  readonly readTotal: number | null;
  readonly pages: number | null;
  readonly bytes: string | null;
};

/** What one run said of one control. */
export type ControlResult = {
  readonly id: string;
  readonly orgId: string;
  readonly runId: string;
  readonly controlId: string;
  /** Hex. */
  readonly ruleSha256: string;
  readonly settingIds: readonly string[];
  readonly thresholds: ThresholdValues;
  readonly inputs: readonly string[];
  readonly outcome: Outcome;
  readonly because: string | null;
  readonly sentence: string;
  readonly observations: readonly Observation[];
  readonly rows: readonly Readonly<Record<string, string | number | null>>[];
  readonly checked: number;
  readonly failing: number;
  readonly unknown: number;
  readonly asOf: Date;
  readonly evaluatedAt: Date;
};

/** The key of the standing finding about one observation of a control. */
export function findingKey(controlId: string, observationKey: string): string {
  return `control/${controlId}/${observationKey}`;
}
