import { createHash } from 'node:crypto';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { toIsoMs } from '@/lib/kernel/instant';

/** One collection attempt, one service, one hour: what was asked and what came. */
export type Reading = {
  readonly id: string;
  readonly orgId: string;
  readonly source: 'push' | 'pull' | 'realtime' | 'file';
  readonly service: string;
  readonly hour: Date;
  readonly askedFrom: Date;
  readonly askedTo: Date;
  readonly runId: string | null;
  readonly queryId: string | null;
  readonly begunAt: Date;
  readonly finishedAt: Date;
  readonly outcome: 'answered' | 'failed' | 'no_permission';
  readonly because: string | null;
  readonly returned: number;
  readonly new: number;
  readonly alreadyKnown: number;
  readonly quarantined: number;
  readonly lost: number;
  /** Hex SHA-256 of the sorted ids. */
  readonly idsDigest: string;
};

export type ChainedReading = Reading & {
  readonly previousDigest: string | null;
  /** What is hashed and sealed. */
  readonly body: string;
  readonly digest: string;
};

/** Hex SHA-256 over the ids, sorted by code unit and ended by a newline each; of nothing, the digest of the empty text. */
export function idsDigest(ids: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const id of [...ids].sort()) hash.update(`${id}\n`);
  return hash.digest('hex');
}

/** The reading with its place in the chain of its source and service; the digest covers every fact of it and the digest before. */
export function chainReading(reading: Reading, previousDigest: string | null): ChainedReading {
  const body = canonicalJson({
    ...reading,
    hour: toIsoMs(reading.hour),
    askedFrom: toIsoMs(reading.askedFrom),
    askedTo: toIsoMs(reading.askedTo),
    begunAt: toIsoMs(reading.begunAt),
    finishedAt: toIsoMs(reading.finishedAt),
    previousDigest,
  });
  return { ...reading, previousDigest, body, digest: createHash('sha256').update(body).digest('hex') };
}
