import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { view } from '@/lib/auth/view';
import type { Viewer } from '@/lib/auth/viewer';
import type { Sql } from '@/lib/db/sql';
import { AppError, requestError } from '@/lib/kernel/errors';
import { sha256 } from '@/lib/kernel/hash';
import { toIso } from '@/lib/kernel/instant';
import { readTicketsNow, readVerdicts } from '@/lib/linking/link-claims';
import type { Vault } from '@/lib/vault/vault';
import type { ChangeDetailDto } from '../contract';
import { markOf, readMark } from '../model/risk/rule';
import { allRuleVersions } from '../risk/load-rules';
import { type ChangeDetailRow, changeById, relatedChanges } from '../store/read/change-rows';
import { evidenceOf } from '../store/read/evidence';
import { placeOfRecord, type RecordPlace } from '../store/record/raw-pages';
import { changeDetailDto, sentenceOfRow } from './change-dto';
import { toDtos } from './list-changes';

const RELATED = 20;

/** One change with its raw place, sightings, verdicts and neighbours. Throws `not_found`. */
export const viewChange = view(
  {
    permission: 'changes.read',
    journal: (input: { readonly id: string }) => ({ objectType: 'change', objectId: input.id }),
  },
  async ({ sql, viewer }, { id }: { readonly id: string }): Promise<ChangeDetailDto> => {
    const row = await found(sql, viewer, id);
    const [list] = await toDtos(sql, [row]);
    const evidence = await evidenceOf(sql, row.orgId, id);
    if (list === undefined || evidence === null) throw missing();
    const verdicts = (await readVerdicts(sql, row.orgId, [id])).get(id) ?? [];
    const tickets = await readTicketsNow(sql, row.orgId, list.linkage.links);
    const related = await relatedChanges(sql, row, RELATED);
    return changeDetailDto(row, list, {
      evidence,
      verdicts,
      riskRules: await rulesBehind(sql, row),
      tickets,
      related: related.map((one) => ({
        id: one.id,
        eventDate: toIso(one.eventDate),
        sentence: sentenceOfRow(one),
      })),
    });
  },
);

/** The rules that judged a change, by what they were called in the version that did. */
async function rulesBehind(sql: Sql, row: ChangeDetailRow): Promise<ChangeDetailDto['riskRules']> {
  const marks = row.riskRules.flatMap((mark) => readMark(mark) ?? []);
  if (marks.length === 0) return [];
  const known = new Map((await allRuleVersions(sql, row.orgId)).map((rule) => [markOf(rule), rule.name]));
  return marks.map((mark) => ({ ...mark, name: known.get(markOf(mark)) ?? mark.id }));
}

export type RawRecord = {
  /** Exactly the bytes that were received and hashed. */
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly pageSha256: string;
};

export type RawErrorCode = 'raw_altered';

/**
 * The bytes of a change's record as they were received, checked against the digests kept with it. Throws `not_found`, what
 * the vault throws, and `raw_altered` when the bytes are not those that were hashed.
 */
export async function viewRawRecord(
  vault: Pick<Vault, 'get'>,
  ...asked: Parameters<typeof viewRawPlace>
): Promise<RawRecord> {
  return readRaw(vault, await viewRawPlace(...asked));
}

const viewRawPlace = view(
  {
    permission: 'changes.raw',
    journal: (input: { readonly id: string }) => ({
      action: 'change.raw_viewed',
      objectType: 'change',
      objectId: input.id,
    }),
  },
  async ({ sql, viewer }, { id }: { readonly id: string }): Promise<RecordPlace> => {
    const place = await placeOfRecord(sql, viewer.orgIds, id);
    if (place === null) throw missing();
    return place;
  },
);

/** Where a change stands in the ledger. Until sealing begins it throws `not_sealed_yet` for every change there is. */
export const viewProof = view(
  {
    permission: 'changes.read',
    journal: (input: { readonly id: string }) => ({ objectType: 'change', objectId: input.id }),
  },
  async ({ sql, viewer }, { id }: { readonly id: string }): Promise<never> => {
    await found(sql, viewer, id);
    throw requestError('not_sealed_yet', 'cannot prove this change: it is not sealed yet', {
      hint: 'Its leaf hash is kept and will be sealed with the ledger’s first checkpoint.',
    });
  },
);

const decompress = promisify(gunzip);

/** The bytes of one record out of its page; both digests are checked. */
export async function readRaw(vault: Pick<Vault, 'get'>, place: RecordPlace): Promise<RawRecord> {
  const stored = await vault.get(place.vaultKey);
  const page = place.encoding === 'gzip' ? await decompress(stored) : stored;
  if (!sha256(page).equals(place.pageSha256)) throw altered('page');
  const bytes = page.subarray(place.offset, place.offset + place.length);
  const digest = sha256(bytes);
  if (!digest.equals(place.sha256)) throw altered('record');
  return { bytes, sha256: digest.toString('hex'), pageSha256: place.pageSha256.toString('hex') };
}

async function found(sql: Sql, viewer: Viewer, id: string): Promise<ChangeDetailRow> {
  const row = await changeById(sql, viewer.orgIds, id);
  if (row === null) throw missing();
  return row;
}

function missing(): AppError {
  return requestError('not_found', 'cannot show the change: there is none with this id that you may see');
}

function altered(what: string): AppError<RawErrorCode> {
  return new AppError({
    code: 'raw_altered',
    message: `cannot show the raw record: the ${what} in the vault is not the one that was hashed when it was received`,
    status: 500,
    hint: 'Compare the vault with its backup; `tallystick doctor` names what else is affected.',
  });
}
