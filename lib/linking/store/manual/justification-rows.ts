import { z } from 'zod';
import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';
import type { JustificationRequest, RequestEvent } from '../../model/justifications/request';

/** Names of the facts in the ledger's leaves. */
export const REQUEST_FACT = 'justification_request';
export const REQUEST_EVENT_FACT = 'justification_event';

const subjectSchema = z.object({
  shown: z.array(z.object({ id: z.string(), at: z.string(), sentence: z.string() })),
  ids: z.array(z.string()),
});

const COLUMNS = `r.id, r.org_id as "orgId", r.asked_at as "askedAt", r.asker_id as "askerId", r.asker, r.to_address as "toAddress", r.to_name as "toName",
  r.to_kind as "toKind", r.question, r.expires_at as "expiresAt", r.session_id as "sessionId", r.subject`;
type Row = Omit<JustificationRequest, 'subject'> & { readonly subject: unknown };

/** Appends a request with the changes it is about. Within a transaction. */
export async function insertRequest(
  sql: Sql,
  request: Omit<JustificationRequest, 'id'>,
  changes: readonly { readonly id: string; readonly eventDate: Date }[],
): Promise<string> {
  const { askedAt, expiresAt, ...rest } = request;
  const id = newId('justification', askedAt);
  const body = canonicalJson({ id, ...rest, askedAt: toIsoMs(askedAt), expiresAt: toIsoMs(expiresAt) });
  const { salt, leafHash } = sealable({
    kind: REQUEST_FACT,
    orgId: request.orgId,
    factId: id,
    receivedAt: askedAt,
    bytes: body,
  });
  await sql.query(
    `insert into justification_request (id, org_id, asked_at, asker_id, asker, to_address, to_name, to_kind, question, expires_at, session_id, subject,
       received_at, body, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $3, $13, $14, $15)`,
    [
      id,
      request.orgId,
      askedAt,
      request.askerId,
      request.asker,
      request.toAddress,
      request.toName,
      request.toKind,
      request.question,
      expiresAt,
      request.sessionId,
      canonicalJson(request.subject),
      body,
      salt,
      leafHash,
    ],
  );
  await sql.query(
    `insert into justification_subject (request_id, org_id, change_id, event_date)
     select $1, $2, id, at from unnest($3::text[], $4::timestamptz[]) t (id, at) on conflict do nothing`,
    [id, request.orgId, changes.map((one) => one.id), changes.map((one) => one.eventDate)],
  );
  return id;
}

/** Appends what became of a request. Requires `lockRequest`; the database refuses a second end. */
export async function appendRequestEvent(
  sql: Sql,
  orgId: string,
  event: RequestEvent & { readonly actorId: string | null },
): Promise<string> {
  const { requestId, at, what, actorId, actor, words, reference } = event;
  const id = newId('justificationEvent', at);
  const body = canonicalJson({
    id,
    orgId,
    requestId,
    at: toIsoMs(at),
    what,
    actorId,
    actor,
    words,
    reference,
  });
  const { salt, leafHash } = sealable({
    kind: REQUEST_EVENT_FACT,
    orgId,
    factId: id,
    receivedAt: at,
    bytes: body,
  });
  await sql.query(
    `insert into justification_event (id, org_id, request_id, at, what, actor_id, actor, words, reference, received_at, body, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $4, $10, $11, $12)`,
    [id, orgId, requestId, at, what, actorId, actor, words, reference, body, salt, leafHash],
  );
  return id;
}

/** Waits for any other act on the request. Within a transaction. */
export async function lockRequest(sql: Sql, id: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('tallystick.justification:' || $1, 0))`, [
    id,
  ]);
}

/** The request by its id; null where there is none in sight. */
export async function requestById(sql: Sql, id: string): Promise<JustificationRequest | null> {
  const [row] = await sql.query<Row>(`select ${COLUMNS} from justification_request r where r.id = $1`, [id]);
  return row === undefined ? null : requestFrom(row);
}

/** The requests about a change, newest first. */
export async function requestsAbout(
  sql: Sql,
  orgId: string,
  changeId: string,
): Promise<JustificationRequest[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from justification_subject s join justification_request r on r.id = s.request_id
     where s.org_id = $1 and s.change_id = $2 order by r.asked_at desc, r.id desc`,
    [orgId, changeId],
  );
  return rows.map(requestFrom);
}

/** Those of the changes about which an open question waits already. */
export async function askedAlready(
  sql: Sql,
  orgId: string,
  of: { readonly changeIds: readonly string[]; readonly now: Date },
): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>(
    `select distinct s.change_id as id from justification_subject s join justification_request r on r.id = s.request_id
     where s.org_id = $1 and s.change_id = any ($2::text[]) and r.expires_at > $3
       and not exists (select from justification_event e where e.request_id = r.id and e.what in ('answered', 'withdrawn', 'expired'))`,
    [orgId, of.changeIds, of.now],
  );
  return new Set(rows.map((row) => row.id));
}

/** How a request stands in SQL: `end` of its events, else by the clock. Takes the instant as `$2`. */
const STATE = `coalesce((select e.what from justification_event e where e.request_id = r.id and e.what in ('answered', 'withdrawn', 'expired')),
  case when r.expires_at <= $2 then 'expired' else 'open' end)`;

/** One page of requests, newest first. */
export async function listRequests(
  sql: Sql,
  asked: {
    readonly orgIds: readonly string[];
    readonly now: Date;
    readonly states: readonly string[] | null;
    readonly before: { readonly at: Date; readonly id: string } | null;
    readonly limit: number;
  },
): Promise<JustificationRequest[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from justification_request r where r.org_id = any ($1::uuid[]) and ($3::text[] is null or ${STATE} = any ($3))
       and ($4::timestamptz is null or (r.asked_at, r.id) < ($4, $5))
     order by r.asked_at desc, r.id desc limit $6`,
    [asked.orgIds, asked.now, asked.states, asked.before?.at ?? null, asked.before?.id ?? '', asked.limit],
  );
  return rows.map(requestFrom);
}

/** What became of each request, in order. */
export async function eventsOf(sql: Sql, ids: readonly string[]): Promise<Map<string, RequestEvent[]>> {
  const rows = await sql.query<RequestEvent>(
    `select request_id as "requestId", at, what, actor, words, reference from justification_event where request_id = any ($1::text[]) order by seq`,
    [ids],
  );
  const events = new Map<string, RequestEvent[]>();
  for (const row of rows) events.set(row.requestId, [...(events.get(row.requestId) ?? []), row]);
  return events;
}

/** Open requests of all organisations, the oldest first: what a sweep reminds of and ends. */
export async function openRequests(sql: Sql, after: string, limit: number): Promise<JustificationRequest[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from justification_request r where r.id > $1
       and not exists (select from justification_event e where e.request_id = r.id and e.what in ('answered', 'withdrawn', 'expired'))
     order by r.id limit $2`,
    [after, limit],
  );
  return rows.map(requestFrom);
}

function requestFrom(row: Row): JustificationRequest {
  return { ...row, subject: subjectSchema.parse(row.subject) };
}
