import { canonicalJson } from '@/lib/kernel/canonical-json';
import { toIsoMs } from '@/lib/kernel/instant';
import type { DirectoryKind } from '@/lib/kernel/words';
import type { Provenance } from './version';

/** Name of the fact in the ledger's leaf. */
export const VERSION_FACT = 'directory_version';

/**
 * The bytes a version's leaf covers: RFC 8785 JSON of the compared content and of where it came from. `content` is
 * canonical already; the members around it stand in order of their names, so the whole is canonical as well.
 */
export function versionBody(version: {
  readonly content: string;
  readonly provenance: Provenance;
  /** Id of the snapshot or of the audit record; null for a look-up. */
  readonly source: string | null;
}): string {
  return `{"content":${version.content},"provenance":${canonicalJson(version.provenance)},"source":${canonicalJson(version.source)}}`;
}

/** The id of a version in the ledger: kind, entity, instant and place within the instant, without white space. */
export function versionFactId(version: {
  readonly kind: DirectoryKind;
  readonly entityId: string;
  readonly validFrom: Date;
  readonly seq: number;
}): string {
  return `${version.kind}/${version.entityId}/${toIsoMs(version.validFrom)}/${version.seq}`;
}
