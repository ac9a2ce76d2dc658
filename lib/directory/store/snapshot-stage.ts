import type pg from 'pg';
import { sqlOf } from '@/lib/db/connection';
import { copyInto, copyRow } from '@/lib/db/copy';
import { sha256 } from '@/lib/kernel/hash';
import type { DirectoryKind } from '@/lib/kernel/words';
import type { ReadPair } from '../model/diff-snapshot';
import type { DescribedItem } from '../model/item/describe-item';
import type { EntityState } from '../model/version';
import { headsFrom, type NewVersion, VERSION_COLUMNS, versionValues } from './version-rows';

/** One entity that may begin a version, with what its row will hold. */
export type Candidate = ReadPair & {
  readonly name: string | null;
  readonly divisionId: string | null;
  readonly parentId: string | null;
  /** Canonical content as read; null where the entity was absent. */
  readonly content: string | null;
  /** Body of the newest version known, read only where the entity was absent. */
  readonly knownBody: string | null;
};

const ITEM_COLUMNS = [
  'entity_id',
  'state',
  'name',
  'division_id',
  'parent_id',
  'content_sha256',
  'content',
  'last_token_at',
  'last_login_at',
];
const CANDIDATES_PER_FETCH = 2_000;

/**
 * A snapshot being read into temporary tables of one connection, so that a million grants need no memory and the reading
 * over the network holds no transaction. Dropped by `close`.
 */
export class SnapshotStage {
  readonly #client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  /** Begins empty: again for each reading of a kind. */
  async open(): Promise<void> {
    await this.close();
    await this.#client.query(
      `create temporary table directory_read (entity_id text collate "C" not null, state text not null, name text, division_id text,
         parent_id text, content_sha256 bytea not null, content text not null, last_token_at timestamptz, last_login_at timestamptz)`,
    );
  }

  /** Adds objects in the order they come, in batches of COPY. Returns how many. */
  add(items: AsyncIterable<DescribedItem> | Iterable<DescribedItem>): Promise<number> {
    return copyInto(this.#client, { table: 'directory_read', columns: ITEM_COLUMNS }, itemLines(items));
  }

  /** Drops objects read twice (the list moved while it was paged; the later reading stands) and counts those left. */
  async settle(): Promise<number> {
    await this.#client.query('create index on directory_read (entity_id)');
    await this.#client.query(
      `delete from directory_read a using directory_read b where a.entity_id = b.entity_id and a.ctid < b.ctid`,
    );
    await this.#client.query('analyze directory_read');
    const [row] = await sqlOf(this.#client).query<{ n: number }>('select count(*) as n from directory_read');
    return row?.n ?? 0;
  }

  /** Everything that differs from the heads, absent entities included, in order. Within the caller's transaction. */
  async *candidates(orgId: string, kind: DirectoryKind): AsyncGenerator<Candidate[]> {
    const sql = sqlOf(this.#client);
    await this.#client.query({
      text: `declare directory_candidate no scroll cursor for
        select coalesce(r.entity_id, h.entity_id) as entity_id, r.state, r.content_sha256, r.content,
          case when r.entity_id is null then h.name else r.name end as name,
          case when r.entity_id is null then h.division_id else r.division_id end as division_id,
          case when r.entity_id is null then h.parent_id else r.parent_id end as parent_id,
          h.state as known_state, h.content_sha256 as known_sha256, h.valid_from as known_from, h.seq as known_seq, v.body as known_body
        from directory_read r
        full join (select * from directory_head where org_id = '${orgId}' and kind = '${kind}') h on h.entity_id = r.entity_id
        left join directory_version v on r.entity_id is null and v.org_id = '${orgId}' and v.kind = '${kind}'
          and v.entity_id = h.entity_id and v.valid_from = h.valid_from and v.seq = h.seq
        where h.content_sha256 is distinct from r.content_sha256 and not (r.entity_id is null and h.state = 'deleted')`,
    });
    for (;;) {
      const rows = await sql.query<CandidateRow>(`fetch ${CANDIDATES_PER_FETCH} from directory_candidate`);
      if (rows.length === 0) break;
      yield rows.map(toCandidate);
    }
    await this.#client.query('close directory_candidate');
  }

  /** Opens the table that collects the versions to be written. */
  async openVersions(): Promise<void> {
    await this.#client.query(
      `create temporary table directory_begun on commit drop as select ${VERSION_COLUMNS.join(', ')} from directory_version with no data`,
    );
  }

  async addVersions(orgId: string, versions: readonly NewVersion[], receivedAt: Date): Promise<void> {
    const lines = versions.map((version) => copyRow(versionValues(orgId, version, receivedAt)));
    await copyInto(this.#client, { table: 'directory_begun', columns: VERSION_COLUMNS }, lines);
  }

  /** Writes the collected versions, lifts the heads, and notes activity. */
  async commitVersions(orgId: string, readAt: Date, noteActivity: boolean): Promise<void> {
    const columns = VERSION_COLUMNS.join(', ');
    await this.#client.query(
      `insert into directory_version (${columns}) select ${columns} from directory_begun`,
    );
    await this.#client.query(headsFrom('directory_begun'));
    if (!noteActivity) return;
    await this.#client.query(
      `insert into user_activity as a (org_id, user_id, last_token_at, last_login_at, read_at)
       select $1, entity_id, last_token_at, last_login_at, $2 from directory_read
       where last_token_at is not null or last_login_at is not null
       on conflict (org_id, user_id) do update set last_token_at = greatest(a.last_token_at, excluded.last_token_at),
         last_login_at = greatest(a.last_login_at, excluded.last_login_at), read_at = excluded.read_at
       where (a.last_token_at, a.last_login_at) is distinct from
         (greatest(a.last_token_at, excluded.last_token_at), greatest(a.last_login_at, excluded.last_login_at))`,
      [orgId, readAt],
    );
  }

  async close(): Promise<void> {
    await this.#client.query('drop table if exists pg_temp.directory_read');
  }
}

type CandidateRow = {
  entity_id: string;
  state: EntityState | null;
  content_sha256: Buffer | null;
  content: string | null;
  name: string | null;
  division_id: string | null;
  parent_id: string | null;
  known_state: EntityState | null;
  known_sha256: Buffer | null;
  known_from: Date | null;
  known_seq: number | null;
  known_body: string | null;
};

function toCandidate(row: CandidateRow): Candidate {
  const { known_state, known_sha256, known_from, known_seq } = row;
  return {
    entityId: row.entity_id,
    read: row.state && row.content_sha256 ? { state: row.state, contentSha256: row.content_sha256 } : null,
    known:
      known_state && known_sha256 && known_from && known_seq !== null
        ? { state: known_state, contentSha256: known_sha256, validFrom: known_from, seq: known_seq }
        : null,
    name: row.name,
    divisionId: row.division_id,
    parentId: row.parent_id,
    content: row.content,
    knownBody: row.known_body,
  };
}

async function* itemLines(
  items: AsyncIterable<DescribedItem> | Iterable<DescribedItem>,
): AsyncGenerator<string> {
  for await (const item of items) {
    yield copyRow([
      item.entityId,
      item.state,
      item.name,
      item.divisionId,
      item.parentId,
      sha256(item.content),
      item.content,
      item.lastTokenAt,
      item.lastLoginAt,
    ]);
  }
}
