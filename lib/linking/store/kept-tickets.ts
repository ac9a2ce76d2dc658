import { z } from 'zod';
import {
  DECISION_BASES,
  DECISION_VERDICTS,
  TICKET_SYSTEMS,
  type Ticket,
  type TicketSystem,
} from '@/lib/connectors/model/ticket';
import type { Sql } from '@/lib/db/sql';

const instant = z.iso.datetime().transform((text) => new Date(text));

/** A ticket as `ticket_version.body` holds it. */
const ticketSchema = z.object({
  system: z.enum(TICKET_SYSTEMS),
  key: z.string(),
  title: z.string().nullable(),
  type: z.string().nullable(),
  emergency: z.boolean(),
  createdAt: instant.nullable(),
  firstStatus: z.string().nullable(),
  statusSteps: z.array(z.object({ at: instant, to: z.string(), by: z.string().nullable() })),
  decisions: z.array(
    z.object({
      at: instant,
      verdict: z.enum(DECISION_VERDICTS),
      by: z.string().nullable(),
      basis: z.enum(DECISION_BASES),
    }),
  ),
  window: z.object({ from: instant, to: instant }).nullable(),
  objects: z.array(z.string()),
  otherIds: z.array(z.string()),
  itemName: z.string().nullish(),
  url: z.string().nullable(),
});

/** A ticket as it was last read. */
export type KeptTicket = {
  readonly ticket: Ticket;
  /** When this version was first read. */
  readonly readAt: Date;
  /** When it was last looked up and found or not. */
  readonly checkedAt: Date | null;
  /** Since when it is not there any more; null while it is. */
  readonly goneSince: Date | null;
  /** Why it could not be asked for since; null where the last attempt was answered. */
  readonly because: string | null;
};

/** The last version kept of each of the tickets that was ever read, by key. */
export async function keptTickets(
  sql: Sql,
  asked: { readonly orgId: string; readonly system: TicketSystem; readonly keys: readonly string[] },
): Promise<Map<string, KeptTicket>> {
  if (asked.keys.length === 0) return new Map();
  const rows = await sql.query<{
    key: string;
    body: string;
    received_at: Date;
    looked_up_at: Date | null;
    gone_since: Date | null;
    because: string | null;
  }>(
    `select v.key, v.body, v.received_at, l.looked_up_at, l.gone_since, l.because
     from unnest($3::text[]) as k (key)
     cross join lateral (
       select key, body, received_at from ticket_version
       where org_id = $1 and system = $2 and key = k.key order by received_at desc limit 1
     ) v
     left join ticket_lookup l on l.org_id = $1 and l.system = $2 and l.key = v.key`,
    [asked.orgId, asked.system, [...new Set(asked.keys)]],
  );
  return new Map(
    rows.map((row) => [
      row.key,
      {
        ticket: ticketSchema.parse(JSON.parse(row.body)),
        readAt: row.received_at,
        checkedAt: row.looked_up_at,
        goneSince: row.gone_since,
        because: row.because,
      },
    ]),
  );
}

/** Whether the source said when it was last asked that there is no such ticket. */
export async function isNotFound(
  sql: Sql,
  ticket: { readonly orgId: string; readonly system: TicketSystem; readonly key: string },
): Promise<boolean> {
  const rows = await sql.query(
    `select from ticket_lookup where org_id = $1 and system = $2 and key = $3 and outcome = 'not_found'`,
    [ticket.orgId, ticket.system, ticket.key],
  );
  return rows.length > 0;
}
