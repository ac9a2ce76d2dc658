import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Database } from '@/lib/db/connection';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sha256 } from '@/lib/kernel/hash';
import type { Vault } from '@/lib/vault/vault';
import type { NormalisedChange } from '../model/record/change';
import { factsOf } from '../store/record/facts';
import { placeOfRecord } from '../store/record/raw-pages';
import { readSlice } from './prepare-batch';

const decompress = promisify(gunzip);

/** One check of one change against its raw bytes. */
export type Renormalised = {
  readonly id: string;
  readonly outcome: 'same' | 'differs' | 'raw_altered' | 'unreadable' | 'other_version' | 'missing';
  /** Names of the facts that differ. */
  readonly fields: readonly string[];
};

/** Facts that the record's own shape carries; write-once columns are compared only when this shape can tell them. */
const FACTS = [
  'eventDate',
  'service',
  'entityType',
  'action',
  'level',
  'actorId',
  'actorName',
  'userId',
  'clientId',
  'userHomeOrgId',
  'entityId',
  'entityName',
  'remoteIp',
  'application',
  'message',
  'context',
  'propertyChanges',
  'citableText',
  'unknownFields',
] as const satisfies readonly (keyof NormalisedChange)[];

/**
 * Reads each change's bytes out of the vault again, normalises them and compares the facts with the row: what `verify` does
 * for changes, since their leaf is the raw event's.
 */
export async function renormalise(
  deps: { readonly db: Database; readonly vault: Pick<Vault, 'get'> },
  asked: { readonly orgId: string; readonly ids: readonly string[] },
): Promise<Renormalised[]> {
  const checks: Renormalised[] = [];
  for (const id of asked.ids) checks.push({ id, ...(await checkOne(deps, asked.orgId, id)) });
  return checks;
}

async function checkOne(
  deps: { readonly db: Database; readonly vault: Pick<Vault, 'get'> },
  orgId: string,
  id: string,
): Promise<Omit<Renormalised, 'id'>> {
  const place = await placeOfRecord(deps.db.sql, [orgId], id);
  const row = await factsOf(deps.db.sql, orgId, id);
  if (place === null || row === null) return { outcome: 'missing', fields: [] };
  const page = await decompress(await deps.vault.get(place.vaultKey));
  const bytes = page.subarray(place.offset, place.offset + place.length);
  if (!sha256(page).equals(place.pageSha256) || !sha256(bytes).equals(place.sha256))
    return { outcome: 'raw_altered', fields: [] };
  const { normalised } = readSlice(bytes, row.receivedAt);
  if (normalised.kind === 'unreadable') return { outcome: 'unreadable', fields: [] };
  const fields = FACTS.filter(
    (fact) => canonicalJson(row.change[fact]) !== canonicalJson(normalised.change[fact]),
  );
  if (fields.length === 0) return { outcome: 'same', fields };
  return { outcome: row.isThisVersion ? 'differs' : 'other_version', fields };
}
