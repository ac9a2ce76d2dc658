import type { Sql } from '@/lib/db/sql';

export type QuarantineRow = {
  readonly id: string;
  readonly orgId: string;
  readonly receivedAt: Date;
  readonly pageId: string;
  readonly offset: number;
  readonly length: number;
  readonly sha256: string;
  readonly reason: string;
  readonly message: string;
  readonly excerpt: string;
  readonly state: 'open' | 'replayed' | 'still_unreadable';
  readonly replays: readonly {
    readonly at: string;
    readonly outcome: string;
    readonly message: string | null;
  }[];
};
export type PageKey = { readonly at: string; readonly id: string };

/** Quarantined records, newest first, each with its replays. */
export async function listQuarantine(
  sql: Sql,
  asked: {
    readonly orgIds: readonly string[];
    readonly after: PageKey | null;
    readonly limit: number;
    readonly id?: string;
    readonly state?: QuarantineRow['state'] | null;
  },
): Promise<QuarantineRow[]> {
  return sql.query<QuarantineRow>(
    `select * from (select q.id, q.org_id as "orgId", q.received_at as "receivedAt", q.page_id as "pageId", q.byte_offset as "offset", q.byte_length as length, encode(q.sha256, 'hex') as sha256,
       q.reason, q.message, q.excerpt,
       case when exists (select 1 from quarantine_replay r where r.quarantine_id = q.id and r.outcome <> 'still_unreadable') then 'replayed'
         when exists (select 1 from quarantine_replay r where r.quarantine_id = q.id) then 'still_unreadable' else 'open' end as state,
       coalesce((select json_agg(json_build_object('at', to_char(r.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'outcome', r.outcome, 'message', r.message) order by r.attempt)
         from quarantine_replay r where r.quarantine_id = q.id), '[]') as replays
     from quarantine q where q.org_id = any ($1::uuid[]) and ($2::timestamptz is null or (q.received_at, q.id) < ($2, $3)) and ($5::text is null or q.id = $5)) x
     where ($6::text is null or state = $6) order by "receivedAt" desc, id desc limit $4`,
    [
      asked.orgIds,
      asked.after?.at ?? null,
      asked.after?.id ?? null,
      asked.limit,
      asked.id ?? null,
      asked.state ?? null,
    ],
  );
}

export type ObservationRow = {
  readonly id: string;
  readonly orgId: string;
  readonly firstSeenAt: Date;
  readonly name: string;
  readonly detail: string;
  readonly example: string | null;
  readonly kind:
    | 'unknown_service'
    | 'unknown_entity_type'
    | 'unknown_action'
    | 'new_field'
    | 'retyped_field'
    | 'removed_field'
    | 'service_gone'
    | 'source_changed';
};

/** The schema history, newest first. */
export async function listObservations(
  sql: Sql,
  asked: { readonly orgIds: readonly string[]; readonly after: PageKey | null; readonly limit: number },
): Promise<ObservationRow[]> {
  return sql.query<ObservationRow>(
    `select id, org_id as "orgId", received_at as "firstSeenAt", kind, name, detail, example from observation
     where org_id = any ($1::uuid[]) and ($2::timestamptz is null or (received_at, id) < ($2, $3)) order by received_at desc, id desc limit $4`,
    [asked.orgIds, asked.after?.at ?? null, asked.after?.id ?? null, asked.limit],
  );
}

export type RunRow = {
  readonly id: string;
  readonly orgId: string;
  readonly kind: 'sync' | 'backfill' | 'resweep';
  readonly state: 'running' | 'done' | 'failed' | 'interrupted';
  readonly from: Date;
  readonly to: Date;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly message: string | null;
  readonly chunksTotal: number;
  readonly chunksDone: number;
  readonly records: number;
  readonly newRecords: number;
  readonly quarantined: number;
};

/** Collections, newest first, with their progress. */
export async function listRuns(
  sql: Sql,
  asked: { readonly orgIds: readonly string[]; readonly after: PageKey | null; readonly limit: number },
): Promise<RunRow[]> {
  return sql.query<RunRow>(
    `select r.id, r.org_id as "orgId", r.kind, r.state, r.from_at as "from", r.to_at as "to", r.started_at as "startedAt", r.finished_at as "finishedAt", r.message,
       count(c.run_id) as "chunksTotal", count(*) filter (where c.state <> 'waiting') as "chunksDone", coalesce(sum(c.records), 0)::int8 as records,
       coalesce(sum(c.new_records), 0)::int8 as "newRecords", coalesce(sum(c.quarantined), 0)::int8 as quarantined
     from (select * from collection_run where org_id = any ($1::uuid[]) and ($2::timestamptz is null or (started_at, id) < ($2, $3)) order by started_at desc, id desc limit $4) r
     left join collection_chunk c on c.run_id = r.id
     group by r.id, r.org_id, r.kind, r.state, r.from_at, r.to_at, r.started_at, r.finished_at, r.message order by r.started_at desc, r.id desc`,
    [asked.orgIds, asked.after?.at ?? null, asked.after?.id ?? null, asked.limit],
  );
}
