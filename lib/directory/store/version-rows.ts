import { z } from 'zod';
import type { Sql } from '@/lib/db/sql';
import { sealable, sha256 } from '@/lib/kernel/hash';
import { DIRECTORY_KINDS, type DirectoryKind } from '@/lib/kernel/words';
import type { KnownVersion } from '../model/fold-events';
import {
  ENTITY_STATES,
  type EntityState,
  type Provenance,
  type TaughtAction,
  type Version,
} from '../model/version';
import { VERSION_FACT, versionBody, versionFactId } from '../model/version-record';

/** A version about to be written; `content` is canonical JSON. */
export type NewVersion = Omit<Version, 'seq'> & { readonly seq: number; readonly content: string };

/** What every reading of versions selects; `alias` is the table's. */
export function versionColumns(alias: string): string {
  return `${alias}.kind, ${alias}.entity_id, ${alias}.valid_from, ${alias}.seq, ${alias}.state, ${alias}.name, ${alias}.division_id,
    ${alias}.parent_id, ${alias}.provenance, ${alias}.snapshot_id, ${alias}.change_id, ${alias}.told_by`;
}

export type VersionRow = {
  kind: DirectoryKind;
  entity_id: string;
  valid_from: Date;
  seq: number;
  state: EntityState;
  name: string | null;
  division_id: string | null;
  parent_id: string | null;
  provenance: Provenance;
  snapshot_id: string | null;
  change_id: string | null;
  told_by: TaughtAction | null;
};

export function toVersion(row: VersionRow): Version {
  return {
    kind: row.kind,
    entityId: row.entity_id,
    validFrom: row.valid_from,
    seq: row.seq,
    state: row.state,
    name: row.name,
    divisionId: row.division_id,
    parentId: row.parent_id,
    provenance: row.provenance,
    snapshotId: row.snapshot_id,
    changeId: row.change_id,
    toldBy: row.told_by,
  };
}

const bodySchema = z.object({
  content: z.object({
    divisionId: z.string().nullable(),
    item: z.unknown(),
    name: z.string().nullable(),
    parentId: z.string().nullable(),
    state: z.enum(ENTITY_STATES),
  }),
});

/** The compared content out of a stored body. */
export function contentOf(body: string): KnownVersion['content'] {
  const { content } = bodySchema.parse(JSON.parse(body));
  return { ...content, item: content.item };
}

/** Columns of a version as they are written, in the order of `versionValues`. */
export const VERSION_COLUMNS = [
  'org_id',
  'kind',
  'entity_id',
  'valid_from',
  'seq',
  'state',
  'name',
  'division_id',
  'parent_id',
  'body',
  'sha256',
  'content_sha256',
  'provenance',
  'snapshot_id',
  'change_id',
  'told_by',
  'received_at',
  'salt',
  'leaf_hash',
] as const;

/** The values of one new row, salted and hashed for the ledger. */
export function versionValues(
  orgId: string,
  version: NewVersion,
  receivedAt: Date,
): (string | number | Date | Buffer | null)[] {
  const { content, provenance } = version;
  const body = versionBody({ content, provenance, source: version.snapshotId ?? version.changeId });
  const leaf = sealable({
    kind: VERSION_FACT,
    orgId,
    factId: versionFactId(version),
    receivedAt,
    bytes: body,
  });
  return [
    orgId,
    version.kind,
    version.entityId,
    version.validFrom,
    version.seq,
    version.state,
    version.name,
    version.divisionId,
    version.parentId,
    body,
    leaf.sha256,
    sha256(content),
    provenance,
    version.snapshotId,
    version.changeId,
    version.toldBy,
    receivedAt,
    leaf.salt,
    leaf.leafHash,
  ];
}

const COLUMN_TYPES =
  'uuid text text timestamptz smallint text text text text text bytea bytea text text text text timestamptz bytea bytea'.split(
    ' ',
  );

/** Writes a few versions at once and brings the heads after them; what is known already stays as it is. Returns how many were new. */
export async function insertVersions(
  sql: Sql,
  { orgId, versions, receivedAt }: { orgId: string; versions: readonly NewVersion[]; receivedAt: Date },
): Promise<number> {
  if (versions.length === 0) return 0;
  const rows = versions.map((version) => versionValues(orgId, version, receivedAt));
  const columns = VERSION_COLUMNS.map((_, index) => rows.map((row) => row[index]));
  const inserted = await sql.query<{ n: number }>(
    `with new as (
       insert into directory_version (${VERSION_COLUMNS.join(', ')})
       select * from unnest(${COLUMN_TYPES.map((type, index) => `$${index + 1}::${type}[]`).join(', ')})
       on conflict do nothing
       returning *
     ), head as (${headsFrom('new')} returning 1)
     select (select count(*) from new) as n, (select count(*) from head) as heads`,
    columns,
  );
  return inserted[0]?.n ?? 0;
}

/** Statement that lifts heads to the newest of the versions in `source`, never back to an older one. */
export function headsFrom(source: string): string {
  return `insert into directory_head as h (org_id, kind, entity_id, valid_from, seq, state, name, division_id, parent_id, content_sha256)
    select distinct on (org_id, kind, entity_id) org_id, kind, entity_id, valid_from, seq, state, name, division_id, parent_id, content_sha256
    from ${source} order by org_id, kind, entity_id, valid_from desc, seq desc
    on conflict (org_id, kind, entity_id) do update set valid_from = excluded.valid_from, seq = excluded.seq, state = excluded.state,
      name = excluded.name, division_id = excluded.division_id, parent_id = excluded.parent_id, content_sha256 = excluded.content_sha256
    where (h.valid_from, h.seq) < (excluded.valid_from, excluded.seq)`;
}

/** Kinds whose entities have names of their own; the index for names holds only these. */
export const NAMED_KINDS: readonly DirectoryKind[] = DIRECTORY_KINDS.filter(
  (kind) => kind !== 'grant' && kind !== 'group_member',
);
