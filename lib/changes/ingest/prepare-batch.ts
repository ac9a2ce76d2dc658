import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { JsonScanError, scanJsonArray } from '@/lib/genesys/model/scan-json-array';
import { AppError } from '@/lib/kernel/errors';
import { sha256 } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import type { Vault } from '@/lib/vault/vault';
import {
  type Drift,
  NORMALISER_VERSION,
  type Normalised,
  type UnreadableReason,
} from '../model/record/change';
import { observedDrift, unknownNames } from '../model/record/detect-drift';
import { isObject, storable } from '../model/record/fields';
import { normalise } from '../model/record/normalise';
import type { Observation } from '../store/record/observations';
import type { Unreadable } from '../store/record/quarantine';
import type { RawPage } from '../store/record/raw-pages';
import type { Path, StagedRecord } from '../store/record/stage';
import type { OrgKnowledge } from './org-knowledge';
import { type ReadRecord, stage } from './stage-records';

/** One answer of a source, as it came. */
export type IncomingPage = {
  readonly path: Path;
  /** The body as received, after content decoding. */
  readonly bytes: Uint8Array;
  /** The member that holds the records; null when the document is the array itself. */
  readonly member: string | null;
  readonly queryId: string | null;
  readonly url: string | null;
  readonly pageNumber: number;
  readonly receivedAt: Date;
  /** When each record came, where a page was packed of what came one by one. */
  readonly receivedEach?: readonly Date[];
  readonly runId?: string | null;
  readonly asked?: { readonly from: Date; readonly to: Date } | null;
};

/** Where a record that could not be read would belong, as far as it tells. */
export type LostPlace = { readonly service: string | null; readonly eventDate: Date | null };

export type PreparedBatch = {
  readonly pages: readonly RawPage[];
  /** Each id once. */
  readonly records: readonly StagedRecord[];
  /** Appearances of an id after its first in this batch, in their order. */
  readonly again: readonly StagedRecord[];
  readonly unreadable: readonly (Unreadable & { readonly place: LostPlace })[];
  readonly observations: readonly Observation[];
};

const compress = promisify(gzip);
const decompress = promisify(gunzip);
/** Fast rather than small: pages are compressed on the way in, and a page of 500 records still shrinks to a sixth. */
const GZIP_LEVEL = 3;
/** A record later than this after it was received, or older than ten years, has a broken clock. */
const FUTURE_MS = DAY_MS;
const PAST_MS = 3_653 * DAY_MS;
const EXCERPT_LENGTH = 300;

/**
 * Makes one batch of pages ready to be written: puts their bytes into the vault, cuts them into records, reads each from its
 * own bytes, and enriches it. Nothing is written to the database; a page that was prepared and never committed leaves an
 * object in the vault that nothing points to, and no more.
 */
export async function prepareBatch(
  pages: readonly IncomingPage[],
  deps: {
    readonly vault: Pick<Vault, 'putOnce' | 'get'>;
    readonly knowledge: OrgKnowledge;
    readonly now: Date;
  },
): Promise<PreparedBatch> {
  const { knowledge } = deps;
  const read: ReadRecord[] = [];
  const unreadable: PreparedBatch['unreadable'][number][] = [];
  const observations = new Map<string, Observation>();
  const rows: RawPage[] = [];
  const putting: Promise<unknown>[] = [];
  for (const page of pages) {
    const pageId = newId('rawPage', page.receivedAt);
    const digest = sha256(page.bytes);
    const vaultKey = vaultKeyOf(knowledge.orgId, page.receivedAt, digest);
    putting.push(putPage(deps.vault, vaultKey, page.bytes));
    const cut = cutPage(page);
    if ('broken' in cut) unreadable.push({ ...cut.broken, pageId, place: NOWHERE });
    for (const [index, slice] of ('slices' in cut ? cut.slices : []).entries()) {
      const receivedAt = page.receivedEach?.[index] ?? page.receivedAt;
      const bytes = Buffer.from(page.bytes.buffer, page.bytes.byteOffset + slice.offset, slice.length);
      const record = readSlice(bytes, receivedAt);
      const at = {
        path: page.path,
        pageId,
        offset: slice.offset,
        length: slice.length,
        receivedAt,
      };
      note(observations, record.normalised, knowledge, at, bytes);
      if (record.normalised.kind === 'change') read.push({ ...at, change: record.normalised.change, bytes });
      else
        unreadable.push({
          ...at,
          sha256: sha256(bytes),
          reason: record.normalised.reason,
          message: record.normalised.message,
          excerpt: excerptOf(bytes),
          normaliserVersion: NORMALISER_VERSION,
          place: record.place,
        });
    }
    rows.push({
      pageId,
      orgId: knowledge.orgId,
      path: page.path,
      runId: page.runId ?? null,
      queryId: page.queryId,
      url: page.url,
      pageNumber: page.pageNumber,
      askedFrom: page.asked?.from ?? null,
      askedTo: page.asked?.to ?? null,
      vaultKey,
      encoding: 'gzip',
      bytes: page.bytes.length,
      sha256: digest,
      records: 'slices' in cut ? cut.slices.length : 0,
      receivedAt: page.receivedAt,
    });
  }
  // Awaited together: a vault that refuses meanwhile must be noticed here, not as a rejection that nobody handles.
  const [staged] = await Promise.all([stage(read, knowledge, deps.now), Promise.all(putting)]);
  const first = new Map<string, StagedRecord>();
  const again: StagedRecord[] = [];
  for (const record of staged) {
    if (first.has(record.change.id)) again.push(record);
    else first.set(record.change.id, record);
  }
  return {
    pages: rows,
    records: [...first.values()],
    again,
    unreadable,
    observations: [...observations.values()],
  };
}

const NOWHERE: LostPlace = { service: null, eventDate: null };

/** One record from its own bytes, and where it belongs even if it cannot be read. */
export function readSlice(bytes: Buffer, receivedAt: Date): { normalised: Normalised; place: LostPlace } {
  if (!isUtf8(bytes))
    return { normalised: refused('invalid_utf8', 'the bytes are not UTF-8'), place: NOWHERE };
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString('utf8'));
  } catch (thrown) {
    return {
      normalised: refused('invalid_json', thrown instanceof Error ? thrown.message : 'not JSON'),
      place: NOWHERE,
    };
  }
  const normalised = normalise(parsed);
  if (normalised.kind === 'unreadable') return { normalised, place: placeOf(parsed) };
  const { eventDate } = normalised.change;
  if (eventDate > addMs(receivedAt, FUTURE_MS) || eventDate < addMs(receivedAt, -PAST_MS))
    return {
      normalised: refused('implausible_time', 'the time lies in the future or more than ten years back'),
      place: placeOf(parsed),
    };
  return { normalised, place: { service: normalised.change.service, eventDate } };
}

/** Content decides the key: the same page put twice is one object. */
export function vaultKeyOf(orgId: string, receivedAt: Date, digest: Buffer): string {
  return `raw/${orgId}/${receivedAt.toISOString().slice(0, 10)}/${digest.toString('hex')}.json.gz`;
}

async function putPage(vault: Pick<Vault, 'putOnce' | 'get'>, key: string, bytes: Uint8Array): Promise<void> {
  try {
    await vault.putOnce(key, await compress(bytes, { level: GZIP_LEVEL }));
  } catch (thrown) {
    // The same page compressed by another version of the library is the same page.
    const conflict = thrown instanceof AppError && thrown.code === 'vault_conflict';
    if (!conflict || !(await decompress(await vault.get(key))).equals(bytes)) throw thrown;
  }
}

function cutPage(
  page: IncomingPage,
): { slices: readonly { offset: number; length: number }[] } | { broken: Omit<Unreadable, 'pageId'> } {
  try {
    return { slices: scanJsonArray(page.bytes, page.member).elements };
  } catch (thrown) {
    if (!(thrown instanceof JsonScanError)) throw thrown;
    const bytes = Buffer.from(page.bytes.buffer, page.bytes.byteOffset, page.bytes.length);
    return {
      broken: {
        path: page.path,
        offset: 0,
        length: page.bytes.length,
        sha256: sha256(page.bytes),
        reason: 'page_unreadable',
        message: thrown.message,
        excerpt: excerptOf(bytes),
        normaliserVersion: NORMALISER_VERSION,
        receivedAt: page.receivedAt,
      },
    };
  }
}

function note(
  observations: Map<string, Observation>,
  normalised: Normalised,
  knowledge: OrgKnowledge,
  at: { path: Path; pageId: string },
  bytes: Buffer,
): void {
  const unknown = normalised.kind === 'change' ? unknownNames(normalised.change, knowledge.mapping) : null;
  if (unknown === null && normalised.drift.length === 0) return;
  const sourceId = normalised.kind === 'change' ? normalised.change.id : null;
  for (const seen of [...(unknown === null ? [] : [unknown]), ...observedDrift(normalised.drift)]) {
    const key = `${seen.kind} ${seen.name}`;
    if (observations.has(key)) continue;
    observations.set(key, {
      ...seen,
      name: seen.name.slice(0, 300),
      example: excerptOf(bytes),
      sourceId,
      path: at.path,
      pageId: at.pageId,
    });
  }
}

function placeOf(parsed: unknown): LostPlace {
  if (!isObject(parsed)) return NOWHERE;
  const time = typeof parsed.eventDate === 'string' ? parsed.eventDate : parsed.eventTime;
  const ms = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  const service =
    typeof parsed.serviceName === 'string' && parsed.serviceName.length <= 200
      ? storable(parsed.serviceName)
      : null;
  return { service, eventDate: Number.isNaN(ms) ? null : new Date(ms) };
}

function refused(reason: UnreadableReason, message: string): Normalised {
  const drift: readonly Drift[] = [];
  return { kind: 'unreadable', reason, message, drift };
}

function excerptOf(bytes: Buffer): string {
  return storable(bytes.subarray(0, EXCERPT_LENGTH).toString('utf8'));
}
