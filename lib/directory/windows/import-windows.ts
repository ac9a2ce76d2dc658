import type { ScheduleSource } from '@/lib/connectors/schedule-source';
import type { Database } from '@/lib/db/connection';
import type { JournalActor } from '@/lib/kernel/actor';
import { log } from '@/lib/log/log';
import { WHOLE_ORGANIZATION } from '../model/window/window';
import { type AppliedSource, applySource, noteUnreadable } from './apply-source';

const windowsLog = log.child({ room: 'directory' });

/**
 * Takes over the maintenance and blackout schedules of a source as windows and freezes: differences only, read-only here. A source that
 * cannot be reached leaves what it said before, and since when it does not answer is kept. It is asked outside the transaction.
 */
export async function importWindows(
  db: Database,
  of: {
    readonly orgId: string;
    readonly source: ScheduleSource;
    readonly actor: JournalActor;
    readonly now: () => Date;
  },
): Promise<AppliedSource | null> {
  const { orgId, actor } = of;
  const read = await of.source.readSchedules();
  const now = of.now();
  if (read.kind === 'not_evaluated') {
    windowsLog.warn({ orgId, because: read.because }, 'change schedules cannot be read');
    await db.transaction((sql) =>
      noteUnreadable(sql, { orgId, source: 'servicenow', because: read.because, now }),
    );
    return null;
  }
  const windows = read.value.entries.map((entry) => ({ ...entry, scope: WHOLE_ORGANIZATION, ticket: null }));
  const applied = await db.transaction((sql) =>
    applySource(sql, { orgId, source: 'servicenow', windows, reason: 'as ServiceNow says' }, { actor, now }),
  );
  const problems = [...read.value.notRead, ...applied.problems];
  for (const problem of problems)
    windowsLog.warn({ orgId, problem }, 'an entry of a schedule cannot be taken over');
  return { ...applied, problems };
}
