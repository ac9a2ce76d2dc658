import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Database } from '@/lib/db/connection';
import { requestError } from '@/lib/kernel/errors';
import { sha256 } from '@/lib/kernel/hash';
import type { Vault } from '@/lib/vault/vault';
import { NORMALISER_VERSION } from '../model/record/change';
import { openQuarantine, type ReplayOutcome, recordReplay } from '../store/record/quarantine';
import { placeOfQuarantined } from '../store/record/raw-pages';
import { type IngestDeps, ingestSlice } from './ingest-pages';
import { loadKnowledge } from './load-knowledge';
import { readSlice } from './prepare-batch';

const decompress = promisify(gunzip);

export type Replayed = {
  readonly quarantineId: string;
  readonly outcome: ReplayOutcome;
  readonly message: string | null;
  readonly sourceId: string | null;
};

/**
 * Reads quarantined bytes again with today's normaliser: they become a change, or are known by now, or stay unreadable. Each
 * attempt is kept. Throws `not_found`.
 */
export async function replayQuarantined(
  deps: { readonly db: Database; readonly vault: Pick<Vault, 'putOnce' | 'get'> },
  asked: { readonly id: string; readonly orgIds: readonly string[]; readonly now: Date },
): Promise<Replayed> {
  const place = await placeOfQuarantined(deps.db.sql, asked.id);
  if (place === null || !asked.orgIds.includes(place.orgId))
    throw requestError(
      'not_found',
      'cannot replay the record: it is not in quarantine, or you may not see it',
    );
  const page = await decompress(await deps.vault.get(place.vaultKey));
  const bytes = page.subarray(place.offset, place.offset + place.length);
  if (!sha256(bytes).equals(place.sha256))
    throw requestError(
      'conflict',
      'cannot replay the record: the bytes in the vault are not those that were quarantined',
    );
  const { normalised } = readSlice(bytes, place.receivedAt);
  const attempt = {
    quarantineId: asked.id,
    orgId: place.orgId,
    normaliserVersion: NORMALISER_VERSION,
    at: asked.now,
  };
  if (normalised.kind === 'unreadable') {
    await recordReplay(deps.db.sql, {
      ...attempt,
      outcome: 'still_unreadable',
      message: normalised.message,
      sourceId: null,
    });
    return {
      quarantineId: asked.id,
      outcome: 'still_unreadable',
      message: normalised.message,
      sourceId: null,
    };
  }
  const knowledge = await loadKnowledge(deps.db.sql, place.orgId, asked.now);
  const ingestDeps: IngestDeps = { ...deps, knowledge, now: asked.now };
  const slice = {
    change: normalised.change,
    bytes,
    path: place.path,
    pageId: place.pageId,
    offset: place.offset,
    length: place.length,
    receivedAt: place.receivedAt,
  };
  const sourceId = normalised.change.id;
  let outcome: ReplayOutcome = 'replayed';
  await ingestSlice(ingestDeps, slice, async (sql, ingested) => {
    outcome = ingested.fresh.length > 0 ? 'replayed' : 'already_known';
    await recordReplay(sql, { ...attempt, outcome, message: null, sourceId });
  });
  return { quarantineId: asked.id, outcome, message: null, sourceId };
}

/** Replays all that is open, oldest first, up to `limit`. */
export async function replayAllQuarantined(
  deps: { readonly db: Database; readonly vault: Pick<Vault, 'putOnce' | 'get'> },
  asked: { readonly orgId: string; readonly now: Date; readonly limit?: number },
): Promise<Replayed[]> {
  const replayed: Replayed[] = [];
  for (const id of await openQuarantine(deps.db.sql, asked.orgId, asked.limit ?? 1_000))
    replayed.push(await replayQuarantined(deps, { id, orgIds: [asked.orgId], now: asked.now }));
  return replayed;
}
