import { asViewerRole } from '@/lib/db/as-viewer-role';
import type { Database } from '@/lib/db/connection';
import { database } from '@/lib/db/process-database';
import type { Sql } from '@/lib/db/sql';
import type { Viewer } from './viewer';

/**
 * The one door for reads on behalf of a person or key: one transaction as `tally_viewer`, which sees the viewer's
 * organisations, may add journal rows under the viewer's id, and may write nothing else.
 */
export function asViewer<T>(
  viewer: Viewer,
  run: (sql: Sql) => Promise<T>,
  db: Database = database(),
): Promise<T> {
  return asViewerRole(db, { orgIds: viewer.orgIds, viewerId: viewerIdSetting(viewer) }, run);
}

/** What `app.viewer_id` holds for a viewer; empty for the operator, whose journal rows have no actor id. */
export function viewerIdSetting(viewer: Viewer): string {
  return viewer.kind === 'operator' ? '' : viewer.id;
}
