import { gunzipSync } from 'node:zlib';
import { readSlice } from '@/lib/changes/ingest/prepare-batch';
import { leafHash, sha256 } from '@/lib/kernel/hash';
import { seeded } from '../bench/audit-pages';
import { type Evidence, type Figure, mustBe, mustBeZero } from './check-result';
import { groupedBy } from './grouped-by';

type Page = {
  readonly pageId: string;
  readonly vaultKey: string;
  readonly encoding: string;
  readonly sha256: Buffer;
  readonly bytes: number;
};

type Slice = {
  readonly kind: 'raw_event' | 'sighting';
  readonly factId: string;
  readonly sourceId: string;
  readonly pageId: string;
  readonly offset: number;
  readonly length: number;
  readonly sha256: Buffer;
  readonly receivedAt: Date;
  readonly salt: Buffer;
  readonly leafHash: Buffer;
};

/** Every page's object in the vault against its hash, and a sample of records against theirs, their leaves and their changes. */
export async function checkStoredBytes(evidence: Evidence): Promise<Figure[]> {
  const { sql, vault, truth } = evidence;
  const pages = await sql.query<Page>(
    'select page_id as "pageId", vault_key as "vaultKey", encoding, sha256, bytes from raw_page where org_id = $1 order by page_id',
    [truth.orgId],
  );
  const slices = await sampleSlices(evidence);
  const wrong = { missing: 0, altered: 0, slices: 0, leaves: 0, changes: 0 };
  let hashed = 0;
  for (const page of pages) {
    const stored = await vault.get(page.vaultKey).catch(() => null);
    if (stored === null) {
      wrong.missing++;
      continue;
    }
    const bytes = page.encoding === 'gzip' ? unpacked(stored) : stored;
    if (bytes === null || bytes.length !== page.bytes || !sha256(bytes).equals(page.sha256)) {
      wrong.altered++;
      continue;
    }
    for (const slice of slices.get(page.pageId) ?? []) {
      hashed++;
      const part = bytes.subarray(slice.offset, slice.offset + slice.length);
      if (!sha256(part).equals(slice.sha256)) wrong.slices++;
      const { kind, factId, receivedAt, salt } = slice;
      const leaf = leafHash({
        kind,
        orgId: truth.orgId,
        factId,
        receivedAt,
        salt,
        contentSha256: sha256(part),
      });
      if (!leaf.equals(slice.leafHash)) wrong.leaves++;
      const { normalised } = readSlice(Buffer.from(part), receivedAt);
      if (normalised.kind !== 'change' || normalised.change.id !== slice.sourceId) wrong.changes++;
    }
  }
  const asked = [...slices.values()].reduce((sum, list) => sum + list.length, 0);
  return [
    { name: 'pages in the vault', value: pages.length, breach: pages.length === 0 },
    mustBeZero('pages whose object is missing', wrong.missing),
    mustBeZero('pages whose bytes are not those received', wrong.altered),
    mustBe('records hashed again', hashed, asked),
    mustBeZero('records whose bytes do not hash to what is kept', wrong.slices),
    mustBeZero('records whose leaf does not follow from them', wrong.leaves),
    mustBeZero('records whose bytes tell another id', wrong.changes),
  ];
}

/** So many records at random, half as raw events and half as sightings, by page. */
async function sampleSlices({ sql, truth, seed, sampled }: Evidence): Promise<Map<string, Slice[]>> {
  const random = seeded(seed);
  const ids = Array.from({ length: sampled }, () => truth.ids[Math.floor(random() * truth.ids.length)] ?? '');
  const half = Math.ceil(ids.length / 2);
  const place = `page_id as "pageId", byte_offset as "offset", byte_length as length, sha256, received_at as "receivedAt",
    salt, leaf_hash as "leafHash"`;
  const found = [
    ...(await sql.query<Slice>(
      `select 'raw_event' as kind, source_id as "factId", source_id as "sourceId", ${place} from raw_event
       where org_id = $1 and source_id = any ($2::text[])`,
      [truth.orgId, ids.slice(0, half)],
    )),
    ...(await sql.query<Slice>(
      `select 'sighting' as kind, path || ':' || source_id as "factId", source_id as "sourceId", ${place} from sighting
       where org_id = $1 and source_id = any ($2::text[])`,
      [truth.orgId, ids.slice(half)],
    )),
  ];
  return groupedBy(found, (slice) => slice.pageId);
}

function unpacked(stored: Buffer): Buffer | null {
  try {
    return gunzipSync(stored);
  } catch {
    return null;
  }
}
