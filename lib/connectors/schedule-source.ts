import type { Evaluated } from '@/lib/kernel/outcome';
import type { ScheduleEntry } from './model/schedule';

export type ReadSchedules = {
  readonly entries: readonly ScheduleEntry[];
  /** Entries that we cannot put into a rule, in sentences. */
  readonly notRead: readonly string[];
};

/** A system that says when changes may be made and when none may. */
export interface ScheduleSource {
  /** All schedules as they stand; *not evaluated* where they could not be asked for. Never throws for what the other side did. */
  readSchedules(): Promise<Evaluated<ReadSchedules>>;
}
