import { randomBytes } from 'node:crypto';
import { leafHash, sha256 } from '@/lib/kernel/hash';
import { accountability } from '../model/actor/accountable';
import { classifyActor } from '../model/actor/classify-actor';
import { underNoise } from '../model/actor/excuse';
import { NORMALISER_VERSION } from '../model/record/change';
import { judgedBy } from '../model/record/enrich';
import type { Path, StagedRecord } from '../store/record/stage';
import { enrichAll, type ToEnrich } from './name-changes';
import type { OrgKnowledge } from './org-knowledge';

/** One readable record with its bytes and where they lie. */
export type ReadRecord = {
  readonly path: Path;
  readonly pageId: string;
  readonly offset: number;
  readonly length: number;
  readonly receivedAt: Date;
  readonly change: ToEnrich['change'];
  readonly bytes: Buffer;
};

/** Judges, names and salts records that were read. */
export async function stage(
  read: readonly ReadRecord[],
  knowledge: OrgKnowledge,
  now: Date,
): Promise<StagedRecord[]> {
  const toEnrich = read.map(({ change, receivedAt }): ToEnrich => {
    const actorKind = classifyActor(change, knowledge);
    return { change, actorKind, accountability: accountability(change), toldAt: receivedAt };
  });
  const enriched = await enrichAll(toEnrich, knowledge);
  const salts = randomBytes(32 * read.length);
  const staged: StagedRecord[] = [];
  read.forEach((record, index) => {
    const judged = toEnrich[index];
    const enrichment = enriched[index];
    if (judged === undefined || enrichment === undefined) return;
    const { bytes, ...place } = record;
    const digest = sha256(bytes);
    const salt = salts.subarray(index * 32, index * 32 + 16);
    const sightingSalt = salts.subarray(index * 32 + 16, index * 32 + 32);
    const leaf = { orgId: knowledge.orgId, receivedAt: record.receivedAt, contentSha256: digest };
    staged.push({
      ...place,
      sha256: digest,
      normaliserVersion: NORMALISER_VERSION,
      salt,
      leafHash: leafHash({ ...leaf, kind: 'raw_event', factId: record.change.id, salt }),
      sightingSalt,
      sightingLeafHash: leafHash({
        ...leaf,
        kind: 'sighting',
        factId: `${record.path}:${record.change.id}`,
        salt: sightingSalt,
      }),
      actorKind: judged.actorKind,
      accountability: underNoise(record.change, judged.accountability, {
        noise: knowledge.noise,
        judged: judgedBy(record.change, enrichment),
      }),
      enrichment,
      enrichedAt: now,
    });
  });
  return staged;
}
