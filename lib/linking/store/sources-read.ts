import type { Commit } from '@/lib/connectors/model/commit';
import type { Ticket, TicketSystem } from '@/lib/connectors/model/ticket';
import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable, sha256 } from '@/lib/kernel/hash';
import { toIsoMs } from '@/lib/kernel/instant';

export type TicketToKeep = { readonly ticket: Ticket; readonly rawSha256: Buffer };

/** A ticket by name. */
export type TicketName = { readonly system: TicketSystem; readonly key: string };

/** A version that was appended, and whether it is the first of its ticket. */
export type NewVersion = TicketName & { readonly first: boolean };

/** Appends a version of each ticket that differs from the last one kept. Returns what was appended. */
export async function keepTickets(
  sql: Sql,
  kept: { orgId: string; tickets: readonly TicketToKeep[]; receivedAt: Date },
): Promise<NewVersion[]> {
  const { orgId, tickets, receivedAt } = kept;
  if (tickets.length === 0) return [];
  const last = await sql.query<{ system: string; key: string; content_sha256: Buffer }>(
    `select distinct on (system, key) system, key, content_sha256 from ticket_version
     where org_id = $1 and key = any($2) order by system, key, received_at desc`,
    [orgId, tickets.map(({ ticket }) => ticket.key)],
  );
  const known = new Map(last.map((row) => [`${row.system}:${row.key}`, row.content_sha256.toString('hex')]));
  const rows = tickets.flatMap(({ ticket, rawSha256 }) => {
    const body = canonicalJson(ticket);
    const content = sha256(body);
    const name = `${ticket.system}:${ticket.key}`;
    if (known.get(name) === content.toString('hex')) return [];
    const { salt, leafHash } = sealable({
      kind: 'ticket_version',
      orgId,
      factId: `${name}:${toIsoMs(receivedAt)}`,
      receivedAt,
      bytes: body,
    });
    return [{ ticket, rawSha256, body, content, salt, leafHash }];
  });
  if (rows.length === 0) return [];
  await sql.query(
    `insert into ticket_version (org_id, system, key, received_at, raw_sha256, content_sha256, body, salt, leaf_hash)
     select $1, system, key, $2, raw, content, body, salt, leaf
     from unnest($3::text[], $4::text[], $5::bytea[], $6::bytea[], $7::text[], $8::bytea[], $9::bytea[]) as t (system, key, raw, content, body, salt, leaf)
     on conflict do nothing`,
    [
      orgId,
      receivedAt,
      rows.map((row) => row.ticket.system),
      rows.map((row) => row.ticket.key),
      rows.map((row) => row.rawSha256),
      rows.map((row) => row.content),
      rows.map((row) => row.body),
      rows.map((row) => row.salt),
      rows.map((row) => row.leafHash),
    ],
  );
  return rows.map(({ ticket: { system, key } }) => ({ system, key, first: !known.has(`${system}:${key}`) }));
}

/** Appends each commit that is not kept yet. */
export async function keepCommits(
  sql: Sql,
  kept: { orgId: string; commits: readonly Commit[]; receivedAt: Date },
): Promise<number> {
  const { orgId, receivedAt } = kept;
  if (kept.commits.length === 0) return 0;
  const known = await sql.query<{ hash: string; repository: string }>(
    'select hash, repository from commit_record where org_id = $1 and hash = any($2)',
    [orgId, kept.commits.map((commit) => commit.hash)],
  );
  const names = new Set(known.map((row) => `${row.hash}:${row.repository}`));
  const rows = kept.commits
    .filter((commit) => !names.has(`${commit.hash}:${commit.repository}`))
    .map((commit) => {
      // How it came in is said by its host, can change, and has rows of its own.
      const { merge: _, ...fact } = { ...commit, mergedAt: null, review: 'unknown', url: null };
      const body = canonicalJson(fact);
      // A repository's name may hold blanks, the leaf's line may not.
      const factId = `${commit.hash}:${encodeURIComponent(commit.repository)}`;
      return { commit, body, ...sealable({ kind: 'commit_record', orgId, factId, receivedAt, bytes: body }) };
    });
  if (rows.length === 0) return 0;
  await sql.query(
    `insert into commit_record (org_id, repository, hash, received_at, committed_at, body, salt, leaf_hash)
     select $1, repository, hash, $2, committed_at, body, salt, leaf
     from unnest($3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::bytea[], $8::bytea[]) as t (repository, hash, committed_at, body, salt, leaf)
     on conflict do nothing`,
    [
      orgId,
      receivedAt,
      rows.map((row) => row.commit.repository),
      rows.map((row) => row.commit.hash),
      rows.map((row) => row.commit.committedAt),
      rows.map((row) => row.body),
      rows.map((row) => row.salt),
      rows.map((row) => row.leafHash),
    ],
  );
  return rows.length;
}

/** One attempt to look something up. */
export type Lookup = {
  readonly system: 'jira' | 'servicenow' | 'git';
  readonly key: string;
  readonly outcome: 'found' | 'not_found' | 'ambiguous' | { readonly failed: string };
};

/**
 * Keeps when each citation was last looked up; a failed attempt leaves the outcome before it and says since when. Returns the
 * tickets that appeared or went since they were last looked up.
 */
export async function keepLookups(
  sql: Sql,
  kept: { orgId: string; lookups: readonly Lookup[]; at: Date },
): Promise<TicketName[]> {
  if (kept.lookups.length === 0) return [];
  const outcomes = kept.lookups.map(({ outcome }) => (typeof outcome === 'string' ? outcome : null));
  const failures = kept.lookups.map(({ outcome }) => (typeof outcome === 'string' ? null : outcome.failed));
  return sql.query<TicketName>(
    `with asked as (
       select * from unnest($3::text[], $4::text[], $5::text[], $6::text[]) as t (system, key, outcome, because)
     ), before as (
       select l.system, l.key, l.outcome from ticket_lookup l join asked a on l.org_id = $1 and l.system = a.system and l.key = a.key
     ), kept as (
       insert into ticket_lookup as l (org_id, system, key, looked_up_at, outcome, failed_at, because)
       select $1, system, key, case when outcome is not null then $2::timestamptz end, outcome, case when because is not null then $2::timestamptz end, because
       from asked order by system, key
       on conflict (org_id, system, key) do update set
         looked_up_at = coalesce(excluded.looked_up_at, l.looked_up_at), outcome = coalesce(excluded.outcome, l.outcome),
         failed_at = case when excluded.outcome is null then coalesce(l.failed_at, excluded.failed_at) end, because = excluded.because,
         gone_since = case when excluded.outcome = 'not_found' and l.outcome = 'found' then $2::timestamptz when excluded.outcome = 'found' then null else l.gone_since end
     )
     select a.system, a.key from asked a join before b using (system, key)
     where a.system <> 'git' and a.outcome is distinct from b.outcome and a.outcome is not null and b.outcome is not null`,
    [
      kept.orgId,
      kept.at,
      kept.lookups.map((lookup) => lookup.system),
      kept.lookups.map((lookup) => lookup.key),
      outcomes,
      failures,
    ],
  );
}
