import type { Sql } from '@/lib/db/sql';
import type { CommitPlace } from '../commits/merges';

/** Whether a change is marked as having gone past the pipeline. */
export async function bypassOf(
  sql: Sql,
  orgId: string,
  change: { id: string; eventDate: Date },
): Promise<boolean> {
  const rows = await sql.query<{ bypass: boolean }>(
    'select bypass from change where org_id = $1 and event_date = $2 and id = $3',
    [orgId, change.eventDate, change.id],
  );
  return rows[0]?.bypass ?? false;
}

/** The commit that a cited hash came to: as the change cites it, else the only one kept that begins so. */
export async function commitOfReference(
  sql: Sql,
  orgId: string,
  of: { changeId: string; reference: string },
): Promise<CommitPlace | null> {
  const own = await sql.query<CommitPlace>(
    'select hash, repository from change_commit where org_id = $1 and change_id = $2 and reference = $3 order by repository limit 1',
    [orgId, of.changeId, of.reference],
  );
  if (own[0] !== undefined) return own[0];
  const begun = await sql.query<CommitPlace>(
    `select hash, repository from commit_record where org_id = $1 and hash >= $2 and hash < $2 || 'g' order by hash, repository limit 2`,
    [orgId, of.reference],
  );
  return begun.length === 1 || begun[0]?.hash === begun[1]?.hash ? (begun[0] ?? null) : null;
}
