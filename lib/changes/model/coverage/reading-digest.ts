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

export type ChainedReading = {
  readonly reading: Reading;
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
  const body = readingBody(reading, previousDigest);
  return { reading, previousDigest, body, digest: createHash('sha256').update(body).digest('hex') };
}

/**
 * Canonical JSON of a reading. Its members are always the same, so they stand here in their order instead of being sorted for
 * each of the half million readings of a first year; the test holds it against `canonicalJson`.
 */
function readingBody(one: Reading, previousDigest: string | null): string {
  return `{"alreadyKnown":${one.alreadyKnown},"askedFrom":"${toIsoMs(one.askedFrom)}","askedTo":"${toIsoMs(one.askedTo)}","because":${text(one.because)},"begunAt":"${toIsoMs(one.begunAt)}","finishedAt":"${toIsoMs(one.finishedAt)}","hour":"${toIsoMs(one.hour)}","id":${text(one.id)},"idsDigest":"${one.idsDigest}","lost":${one.lost},"new":${one.new},"orgId":${text(one.orgId)},"outcome":"${one.outcome}","previousDigest":${text(previousDigest)},"quarantined":${one.quarantined},"queryId":${text(one.queryId)},"returned":${one.returned},"runId":${text(one.runId)},"service":${text(one.service)},"source":"${one.source}"}`;
}

function text(value: string | null): string {
  return value === null ? 'null' : canonicalJson(value);
}
