import type { Sql } from '@/lib/db/sql';
import type { ActorKind } from '@/lib/kernel/words';

type Row = {
  readonly id: string;
  readonly orgId: string;
  readonly eventDate: Date;
  readonly actorKind: ActorKind;
  readonly actorId: string | null;
  readonly clientId: string | null;
  readonly accountable: boolean;
  readonly excused: boolean;
  readonly risk: number;
  readonly linkage: string;
};

const COLUMNS = `c.id, c.org_id as "orgId", c.event_date as "eventDate", c.actor_kind as "actorKind", c.actor_id as "actorId", c.client_id as "clientId", c.accountable,
  coalesce(c.excluded_reason = 'excused', false) as excused, c.risk, c.linkage`;

/** A change by the platform's id. */
export async function decidableChange(sql: Sql, orgIds: readonly string[], id: string): Promise<Row | null> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from raw_event r join change c on c.event_date = r.event_date and c.id = r.source_id and c.org_id = r.org_id
     where r.org_id = any ($1::uuid[]) and r.source_id = $2 limit 1`,
    [orgIds, id],
  );
  return rows[0] ?? null;
}

export type DecidableInSession = Row & { readonly label: string };

/**
 * The next accountable changes of sessions that are not linked, in order of time, after `after`. `label` is what the object was
 * called, else its type.
 */
export async function unlinkedInSessions(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly sessionIds: readonly string[];
    readonly from: Date;
    readonly to: Date;
    readonly after: { readonly eventDate: Date; readonly id: string } | null;
    readonly limit: number;
    /** Only those of critical risk. */
    readonly critical?: boolean;
  },
): Promise<DecidableInSession[]> {
  return sql.query<DecidableInSession>(
    `select ${COLUMNS}, coalesce(c.entity_label, c.entity_name, c.entity_type) as label from change c
     where c.org_id = $1 and c.session_id = any ($2::text[]) and c.event_date between $3 and $4 and c.accountable and c.linkage <> 'linked'
       and ($5::timestamptz is null or (c.event_date, c.id) > ($5, $6)) and (not $8 or c.risk = 4)
     order by c.event_date, c.id limit $7`,
    [
      asked.orgId,
      asked.sessionIds,
      asked.from,
      asked.to,
      asked.after?.eventDate ?? null,
      asked.after?.id ?? '',
      asked.limit,
      asked.critical ?? false,
    ],
  );
}

/** How many accountable changes of sessions are not linked. */
export async function countUnlinkedInSessions(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly sessionIds: readonly string[];
    readonly from: Date;
    readonly to: Date;
  },
): Promise<number> {
  const rows = await sql.query<{ n: number }>(
    `select count(*) as n from change c
     where c.org_id = $1 and c.session_id = any ($2::text[]) and c.event_date between $3 and $4 and c.accountable and c.linkage <> 'linked'`,
    [asked.orgId, asked.sessionIds, asked.from, asked.to],
  );
  return rows[0]?.n ?? 0;
}
