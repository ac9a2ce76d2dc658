import type { Commit, CommitMerge } from '@/lib/connectors/model/commit';
import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable, sha256 } from '@/lib/kernel/hash';
import { toIsoMs } from '@/lib/kernel/instant';
import { mergeBody, mergeOf } from './merge-json';

export type CommitPlace = { readonly hash: string; readonly repository: string };

/** How a commit came in as it was last heard, when that was, and since when and why it could not be asked again. */
export type KeptMerge = CommitPlace & {
  readonly merge: CommitMerge | null;
  readonly heardAt: Date | null;
  readonly failure: { readonly since: Date; readonly because: string } | null;
};

/** Text by which a commit of a repository is found in a map. */
export function placeKey({ hash, repository }: CommitPlace): string {
  return `${hash} ${repository}`;
}

/** Appends how each commit came in where that differs from what was last kept, and notes when its host was asked. */
export async function keepMerges(
  sql: Sql,
  kept: { orgId: string; commits: readonly Commit[]; receivedAt: Date },
): Promise<void> {
  const { orgId, receivedAt } = kept;
  const heard = kept.commits.filter(({ merge }) => merge.kind !== 'unknown' && merge.remembered !== true);
  if (heard.length === 0) return;
  const last = new Map(
    (
      await sql.query<CommitPlace & { content: Buffer }>(
        `select distinct on (hash, repository) hash, repository, content_sha256 as content from commit_merge
         where org_id = $1 and hash = any($2) order by hash, repository, received_at desc`,
        [orgId, heard.map((commit) => commit.hash)],
      )
    ).map((row) => [placeKey(row), row.content.toString('hex')]),
  );
  const rows = heard.flatMap((commit) => {
    const body = canonicalJson({
      hash: commit.hash,
      repository: commit.repository,
      ...mergeBody(commit.merge),
    });
    const content = sha256(body);
    if (last.get(placeKey(commit)) === content.toString('hex')) return [];
    const factId = `${commit.hash}:${encodeURIComponent(commit.repository)}:${toIsoMs(receivedAt)}`;
    return [
      {
        commit,
        body,
        content,
        ...sealable({ kind: 'commit_merge', orgId, factId, receivedAt, bytes: body }),
      },
    ];
  });
  if (rows.length > 0)
    await sql.query(
      `insert into commit_merge (org_id, repository, hash, received_at, content_sha256, body, salt, leaf_hash)
       select $1, repository, hash, $2, content, body, salt, leaf
       from unnest($3::text[], $4::text[], $5::bytea[], $6::text[], $7::bytea[], $8::bytea[]) as t (repository, hash, content, body, salt, leaf)
       on conflict do nothing`,
      [
        orgId,
        receivedAt,
        rows.map((row) => row.commit.repository),
        rows.map((row) => row.commit.hash),
        rows.map((row) => row.content),
        rows.map((row) => row.body),
        rows.map((row) => row.salt),
        rows.map((row) => row.leafHash),
      ],
    );
  await sql.query(
    `insert into commit_merge_lookup (org_id, repository, hash, looked_up_at)
     select $1, repository, hash, $2 from unnest($3::text[], $4::text[]) as t (repository, hash) order by hash, repository
     on conflict (org_id, hash, repository) do update set looked_up_at = excluded.looked_up_at, failed_at = null, because = null
       where commit_merge_lookup.failed_at is not null or commit_merge_lookup.looked_up_at is distinct from excluded.looked_up_at`,
    [orgId, receivedAt, heard.map((commit) => commit.repository), heard.map((commit) => commit.hash)],
  );
}

/** Notes that hosts could not be asked about commits; when they last answered stays. */
export async function noteMergeFailures(
  sql: Sql,
  failed: { orgId: string; at: Date; commits: readonly (CommitPlace & { readonly because: string })[] },
): Promise<void> {
  if (failed.commits.length === 0) return;
  await sql.query(
    `insert into commit_merge_lookup (org_id, repository, hash, failed_at, because)
     select $1, repository, hash, $2, because from unnest($3::text[], $4::text[], $5::text[]) as t (repository, hash, because) order by hash, repository
     on conflict (org_id, hash, repository) do update set failed_at = excluded.failed_at, because = excluded.because`,
    [
      failed.orgId,
      failed.at,
      failed.commits.map((commit) => commit.repository),
      failed.commits.map((commit) => commit.hash),
      failed.commits.map((commit) => commit.because),
    ],
  );
}

type Row = CommitPlace & {
  body: string | null;
  looked_up_at: Date | null;
  failed_at: Date | null;
  because: string | null;
};

/** How the commits came in as last heard, by `placeKey`; none for those whose host was never asked. */
export async function lastMerges(
  sql: Sql,
  orgId: string,
  hashes: readonly string[],
): Promise<Map<string, KeptMerge>> {
  if (hashes.length === 0) return new Map();
  const rows = await sql.query<Row>(
    `select l.hash, l.repository, l.looked_up_at, l.failed_at, l.because, m.body
     from commit_merge_lookup l left join lateral (
       select body from commit_merge m where m.org_id = l.org_id and m.hash = l.hash and m.repository = l.repository order by received_at desc limit 1
     ) m on true
     where l.org_id = $1 and l.hash = any($2)`,
    [orgId, hashes],
  );
  return new Map(
    rows.map((row) => [
      placeKey(row),
      {
        hash: row.hash,
        repository: row.repository,
        merge: row.body === null ? null : mergeOf(row.body),
        heardAt: row.looked_up_at,
        failure:
          row.failed_at === null || row.because === null
            ? null
            : { since: row.looked_up_at ?? row.failed_at, because: row.because },
      },
    ]),
  );
}
