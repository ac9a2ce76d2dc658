import type { Database } from './connection';
import type { Sql } from './sql';

export type ViewerScope = {
  /** Organisations whose rows may be seen; none gives no rows. */
  readonly orgIds: readonly string[];
  /** Our id of the person or key that asks; policies on comments and requests compare with it. */
  readonly viewerId: string;
};

/**
 * One transaction as the role that may read, and add journal rows, comments, requests and samples, and nothing else; row
 * security shows it only the organisations given. The role and settings end with the transaction.
 */
export function asViewerRole<T>(db: Database, scope: ViewerScope, run: (sql: Sql) => Promise<T>): Promise<T> {
  return db.transaction(async (sql) => {
    await sql.query(
      `select set_config('role', 'tally_viewer', true), set_config('app.org_ids', $1, true), set_config('app.viewer_id', $2, true)`,
      [scope.orgIds.join(','), scope.viewerId],
    );
    return run(sql);
  });
}
