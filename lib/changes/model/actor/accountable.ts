import type { Accountability } from '../record/change';

const READS: ReadonlySet<string> = new Set([
  'View',
  'Read',
  'Download',
  'Export',
  'Execute',
  'Start',
  'Stop',
  'StartCapture',
  'StopCapture',
  'EnableCapture',
  'DisableCapture',
  'DownloadCapture',
]);

/** Whether an action only looks, runs or signs in. An unknown action counts as a change. Source: design 5. */
export function isRead(action: string): boolean {
  return READS.has(action) || action.startsWith('Authenticat');
}

/**
 * Whether a record is an accountable change, and if not, why: the first of platform, genesys_internal, failure, read.
 *
 * Accountable: level USER, status not FAILURE (absent or WARNING counts as success), action no read. A level nobody knows is
 * no USER level: the platform's. The service plays no part. Source: design 5.
 */
export function accountability(record: {
  readonly level: string;
  readonly status: string | null;
  readonly action: string;
}): Accountability {
  if (record.level === 'GENESYS_INTERNAL') return excluded('genesys_internal');
  if (record.level !== 'USER') return excluded('platform');
  if (record.status === 'FAILURE') return excluded('failure');
  if (isRead(record.action)) return excluded('read');
  return { accountable: true, excludedReason: null };
}

function excluded(reason: NonNullable<Accountability['excludedReason']>): Accountability {
  return { accountable: false, excludedReason: reason };
}
