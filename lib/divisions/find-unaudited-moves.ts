import { watermarkOf } from '@/lib/changes/store/runs';
import type { Database } from '@/lib/db/connection';
import { sha256Hex } from '@/lib/kernel/hash';
import { addMs, MINUTE_MS, toIsoMs } from '@/lib/kernel/instant';
import type { DirectoryKind } from '@/lib/kernel/words';
import { log } from '@/lib/log/log';
import { type FoundMove, judgeMoves } from './judge-moves';
import { type GivenPolicy, loadPolicies } from './load-policies';
import { hasDueHours, lockMoves, tellDetections } from './store/due-hours';
import {
  noteScanned,
  type UnauditedMove,
  type Unscanned,
  unauditedIn,
  unscannedSnapshots,
} from './store/unaudited';
import { saveMoves } from './store/write-moves';

/** A record is asked for this long after its hour at the latest; before, its absence says nothing. */
const SETTLE_MS = 65 * MINUTE_MS;
const SNAPSHOTS_PER_RUN = 200;

/** What the platform calls the directory's kinds in its audit records. */
const ENTITY_TYPES: Partial<Record<DirectoryKind, string>> = {
  user: 'User',
  group: 'DirectoryGroup',
  queue: 'Queue',
  skill: 'RoutingSkill',
  flow: 'Flow',
  oauth_client: 'OAuthClient',
  integration: 'Integration',
  data_action: 'Action',
  trunk: 'Trunk',
};

/**
 * Finds objects that consecutive snapshots show in different divisions while no audit record tells of a move: source
 * `snapshot_diff`, somewhere between the two, by nobody known. A snapshot is looked at once it is old enough that late records
 * are there, and only where records were read all the way from the snapshot before; when a record turns up after all, its move
 * takes this one's place. Safe to call after every pass.
 */
export async function findUnauditedMoves(
  db: Database,
  asked: { readonly orgId: string; readonly policy: GivenPolicy; readonly now: Date },
): Promise<{ readonly snapshots: number; readonly found: number }> {
  const { orgId, now } = asked;
  const read = await watermarkOf(db.sql, orgId, 'pull');
  if (read === null) return { snapshots: 0, found: 0 };
  const settledAt = addMs(now, -SETTLE_MS);
  // Records that were received and not read for moves yet may tell it.
  if (await hasDueHours(db.sql, orgId, settledAt)) return { snapshots: 0, found: 0 };
  const snapshots = await unscannedSnapshots(db.sql, {
    orgId,
    settledAt,
    read,
    limit: SNAPSHOTS_PER_RUN,
  });
  let found = 0;
  for (const snapshot of snapshots) found += await scan(db, asked, { snapshot, readFrom: read.from });
  if (found > 0) log.info({ room: 'divisions', orgId, found }, 'division moves without a record found');
  return { snapshots: snapshots.length, found };
}

async function scan(
  db: Database,
  asked: { readonly orgId: string; readonly policy: GivenPolicy; readonly now: Date },
  of: { readonly snapshot: Unscanned; readonly readFrom: Date },
): Promise<number> {
  const { orgId, now } = asked;
  const scanned = { orgId, snapshotId: of.snapshot.snapshotId, readFrom: of.readFrom };
  return db.transaction(async (sql) => {
    await lockMoves(sql, orgId);
    const shown = await unauditedIn(sql, scanned);
    const moves = await judgeMoves(sql, {
      orgId,
      found: shown.map((one) => foundMove(orgId, one)),
      policies: await loadPolicies(sql, orgId, asked.policy),
      now,
    });
    const written = await saveMoves(sql, orgId, moves);
    await tellDetections(sql, orgId, written);
    await noteScanned(sql, scanned);
    return written.length;
  });
}

function foundMove(orgId: string, move: UnauditedMove): FoundMove {
  return {
    id: `mov_${sha256Hex([orgId, move.kind, move.id, toIsoMs(move.at)].join(' ')).slice(0, 32)}`,
    changeId: null,
    at: move.at,
    receivedAt: move.receivedAt,
    within: { from: move.lastSeenAt, to: move.at },
    source: 'snapshot_diff',
    actor: { kind: 'unknown', id: null, name: null, userId: null },
    client: null,
    target: { type: ENTITY_TYPES[move.kind] ?? move.kind, id: move.id, name: move.name },
    from: { id: move.fromDivision, name: null },
    to: { id: move.toDivision, name: null },
    clientIp: null,
    newAddress: false,
    accountable: true,
  };
}
