import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { toIsoMs } from '@/lib/kernel/instant';
import type { Path } from './stage';

/** One answer of the source whose bytes lie in the vault. */
export type RawPage = {
  readonly pageId: string;
  readonly orgId: string;
  readonly path: Path;
  readonly runId: string | null;
  readonly queryId: string | null;
  /** Without secrets. */
  readonly url: string | null;
  readonly pageNumber: number;
  readonly askedFrom: Date | null;
  readonly askedTo: Date | null;
  readonly vaultKey: string;
  readonly encoding: 'gzip' | 'identity';
  /** Length as received. */
  readonly bytes: number;
  /** Of the bytes as received. */
  readonly sha256: Buffer;
  readonly records: number;
  readonly receivedAt: Date;
};

/** Adds the rows of pages; their bytes must be in the vault already. */
export async function insertPages(sql: Sql, pages: readonly RawPage[]): Promise<void> {
  for (const page of pages) {
    const body = canonicalJson({
      ...page,
      sha256: page.sha256.toString('hex'),
      receivedAt: toIsoMs(page.receivedAt),
      askedFrom: page.askedFrom && toIsoMs(page.askedFrom),
      askedTo: page.askedTo && toIsoMs(page.askedTo),
    });
    const seal = sealable({
      kind: 'raw_page',
      orgId: page.orgId,
      factId: page.pageId,
      receivedAt: page.receivedAt,
      bytes: body,
    });
    await sql.query(
      `insert into raw_page (page_id, org_id, source, run_id, query_id, url, page_number, asked_from, asked_to, vault_key, encoding, bytes, sha256, records, received_at, body, salt, leaf_hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
      [
        page.pageId,
        page.orgId,
        page.path,
        page.runId,
        page.queryId,
        page.url,
        page.pageNumber,
        page.askedFrom,
        page.askedTo,
        page.vaultKey,
        page.encoding,
        page.bytes,
        page.sha256,
        page.records,
        page.receivedAt,
        body,
        seal.salt,
        seal.leafHash,
      ],
    );
  }
}

/** Where the bytes of a record lie. */
export type RecordPlace = {
  readonly pageId: string;
  readonly vaultKey: string;
  readonly encoding: 'gzip' | 'identity';
  readonly pageSha256: Buffer;
  readonly offset: number;
  readonly length: number;
  readonly sha256: Buffer;
  readonly path: Path;
};

const PLACE = `p.page_id as "pageId", p.vault_key as "vaultKey", p.encoding, p.sha256 as "pageSha256", p.source as path`;

/** Where a record's first bytes lie, or null when the record is not known to this connection. */
export async function placeOfRecord(
  sql: Sql,
  orgIds: readonly string[],
  sourceId: string,
): Promise<RecordPlace | null> {
  const rows = await sql.query<RecordPlace>(
    `select ${PLACE}, r.byte_offset as "offset", r.byte_length as length, r.sha256
     from raw_event r join raw_page p on p.page_id = r.page_id where r.org_id = any ($1::uuid[]) and r.source_id = $2`,
    [orgIds, sourceId],
  );
  return rows[0] ?? null;
}

/** Where quarantined bytes lie. */
export async function placeOfQuarantined(
  sql: Sql,
  id: string,
): Promise<(RecordPlace & { readonly orgId: string; readonly receivedAt: Date }) | null> {
  const rows = await sql.query<RecordPlace & { orgId: string; receivedAt: Date }>(
    `select ${PLACE}, q.byte_offset as "offset", q.byte_length as length, q.sha256, q.org_id as "orgId", q.received_at as "receivedAt"
     from quarantine q join raw_page p on p.page_id = q.page_id where q.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
