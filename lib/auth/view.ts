import type { Database } from '@/lib/db/connection';
import { database } from '@/lib/db/process-database';
import type { Sql } from '@/lib/db/sql';
import { appendJournal, type JournalEntry } from '@/lib/journal/append';
import { asViewer } from './as-viewer';
import { authorise } from './can';
import { type Permission, permissionRule } from './permissions';
import { recordDenial } from './record-denial';
import { actorOf, type Viewer } from './viewer';

/** What the journal says of a view beyond its permission and its input. */
export type ViewedAs = Partial<Pick<JournalEntry, 'action' | 'objectType' | 'objectId' | 'orgId' | 'detail'>>;

export type ViewSpec<Input, Output> = {
  readonly permission: Permission;
  /** Absent: the action is `<object>.viewed`, and the detail is the input as asked. */
  readonly journal?: (input: Input, output: Output) => ViewedAs;
};

export type ViewContext = { readonly sql: Sql; readonly viewer: Viewer; readonly now: Date };

/** The world a view runs in; tests hand in their own. */
export type ViewWorld = { readonly db?: Database; readonly now?: Date };

/**
 * A read for a screen, a route or the command line: authorises the viewer, reads as `tally_viewer`, and appends the
 * journal row that the permission map demands, all in one transaction. Throws `forbidden` (itself journaled).
 */
export function view<Input, Output>(
  spec: ViewSpec<Input, Output>,
  run: (context: ViewContext, input: Input) => Promise<Output>,
): (viewer: Viewer, input: Input, world?: ViewWorld) => Promise<Output> {
  return async (viewer, input, world = {}) => {
    const db = world.db ?? database();
    const now = world.now ?? new Date();
    await authoriseRecorded(viewer, spec.permission, db);
    return asViewer(
      viewer,
      async (sql) => {
        const output = await run({ sql, viewer, now }, input);
        if (demandsJournal(viewer, spec.permission)) {
          await appendJournal(sql, viewed(spec.permission, viewer, input, spec.journal?.(input, output)));
        }
        return output;
      },
      db,
    );
  };
}

/** Whether a use of the permission by this viewer leaves a row: auditors' every view, others' where the map says. */
export function demandsJournal(viewer: Viewer, permission: Permission): boolean {
  const demand = permissionRule(permission).journal;
  return demand === 'always' || (demand === 'auditor' && viewer.role === 'auditor');
}

/** As `authorise`; a refusal is journaled before it is thrown. */
export async function authoriseRecorded(viewer: Viewer, permission: Permission, db: Database): Promise<void> {
  try {
    authorise(viewer, permission);
  } catch (refusal) {
    await recordDenial(db.sql, { viewer, permission });
    throw refusal;
  }
}

/** The journal entry of one view or export. */
export function viewed(
  permission: Permission,
  viewer: Viewer,
  input: unknown,
  says: ViewedAs | undefined,
): JournalEntry {
  const objectType = says?.objectType ?? permission.slice(0, permission.indexOf('.'));
  return {
    actor: actorOf(viewer),
    action: says?.action ?? `${objectType}.viewed`,
    objectType,
    objectId: says?.objectId ?? null,
    orgId: says?.orgId ?? null,
    detail: { permission, ...(says?.detail ?? (input === undefined ? {} : { asked: input })) },
  };
}
