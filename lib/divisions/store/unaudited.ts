import type { Sql } from '@/lib/db/sql';
import type { DirectoryKind } from '@/lib/kernel/words';

/** How long before a snapshot's reading a record's time may lie, since a list is read for a while. */
const BEFORE = `interval '10 minutes'`;
/** The record's time trails the act by minutes, and can then lie after the snapshot that shows the act. */
const AFTER = `interval '65 minutes'`;

/** Whether some audited move tells what a move between snapshots shows: the same object into the same division, thereabouts. */
const EXPLAINED = (found: { at: string; from: string; target: string; to: string }) => `exists (
  select from division_move a where a.org_id = $1 and a.change_id is not null and a.target_id = ${found.target} and a.to_id = ${found.to}
    and a.at >= ${found.from} - ${BEFORE} and a.at < ${found.at} + ${AFTER})`;

/** A snapshot of one kind that has not been held against the records yet. */
export type Unscanned = { readonly snapshotId: string; readonly kind: DirectoryKind; readonly takenAt: Date };

/**
 * Snapshots taken at or before `settledAt` in which something changed, not looked at yet or with records read less far back,
 * oldest first. Only those that records reach: what was not read cannot be missed.
 */
export async function unscannedSnapshots(
  sql: Sql,
  of: {
    readonly orgId: string;
    readonly settledAt: Date;
    readonly read: { readonly from: Date; readonly to: Date };
    readonly limit: number;
  },
): Promise<Unscanned[]> {
  return sql.query<Unscanned>(
    `select r.id as "snapshotId", r.kind, r.taken_at as "takenAt" from snapshot_run r
     where r.org_id = $1 and r.taken_at <= least($2::timestamptz, $4::timestamptz - ${BEFORE}) and r.taken_at >= $3 and r.changed > 0
       and r.kind not in ('grant', 'group_member', 'division', 'setting', 'role')
       and not exists (select from division_scan s where s.org_id = $1 and s.snapshot_id = r.id and s.read_from <= $3)
     order by r.taken_at, r.kind limit $5`,
    [of.orgId, of.settledAt, of.read.from, of.read.to, of.limit],
  );
}

/** An object that a snapshot shows in another division than the snapshot before, and no record tells of it. */
export type UnauditedMove = {
  readonly kind: DirectoryKind;
  readonly id: string;
  readonly name: string | null;
  readonly fromDivision: string;
  readonly toDivision: string;
  readonly lastSeenAt: Date;
  readonly at: Date;
  readonly receivedAt: Date;
};

/** The moves a snapshot shows that no record tells, where records were read from the snapshot before on. */
export async function unauditedIn(
  sql: Sql,
  of: { readonly orgId: string; readonly snapshotId: string; readonly readFrom: Date },
): Promise<UnauditedMove[]> {
  return sql.query<UnauditedMove>(
    `select v.kind, v.entity_id as id, v.name, before.division_id as "fromDivision", v.division_id as "toDivision", seen.at as "lastSeenAt",
       v.valid_from as at, v.received_at as "receivedAt"
     from directory_version v
     cross join lateral (
       select b.division_id, b.valid_from from directory_version b
       where b.org_id = v.org_id and b.kind = v.kind and b.entity_id = v.entity_id and b.valid_from < v.valid_from and b.state = 'present'
         and b.division_id is not null
       order by b.valid_from desc, b.seq desc limit 1
     ) before
     cross join lateral (
       select greatest(before.valid_from, coalesce(max(r.taken_at), before.valid_from)) as at from snapshot_run r
       where r.org_id = v.org_id and r.kind = v.kind and r.taken_at < v.valid_from and r.outcome = 'complete'
     ) seen
     where v.org_id = $1 and v.snapshot_id = $2 and v.state = 'present' and v.division_id is not null and v.division_id <> before.division_id
       and seen.at >= $3 and not ${EXPLAINED({ at: 'v.valid_from', from: 'seen.at', target: 'v.entity_id', to: 'v.division_id' })}
     order by v.kind, v.entity_id`,
    [of.orgId, of.snapshotId, of.readFrom],
  );
}

export async function noteScanned(
  sql: Sql,
  of: { readonly orgId: string; readonly snapshotId: string; readonly readFrom: Date },
): Promise<void> {
  await sql.query(
    `insert into division_scan (org_id, snapshot_id, read_from) values ($1, $2, $3)
     on conflict (org_id, snapshot_id) do update set read_from = excluded.read_from`,
    [of.orgId, of.snapshotId, of.readFrom],
  );
}

/** Takes back what snapshots alone had shown of these objects, where a record tells it by now. Returns how many. */
export async function dropExplained(sql: Sql, orgId: string, targetIds: readonly string[]): Promise<number> {
  if (targetIds.length === 0) return 0;
  const rows = await sql.query(
    `delete from division_move m where m.org_id = $1 and m.change_id is null and m.target_id = any ($2::text[])
       and ${EXPLAINED({ at: 'm.at', from: 'm.within_from', target: 'm.target_id', to: 'm.to_id' })} returning m.id`,
    [orgId, targetIds],
  );
  return rows.length;
}

/** Forgets every move and scan of an organisation, for a rebuild; reviews are facts and stay. */
export async function forgetMoves(sql: Sql, orgId: string): Promise<void> {
  await sql.query('delete from division_move where org_id = $1', [orgId]);
  await sql.query('delete from division_scan where org_id = $1', [orgId]);
}
