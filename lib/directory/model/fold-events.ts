import type { DirectoryKind } from '@/lib/kernel/words';
import { nextSeq } from './diff-snapshot';
import { type Content, compareVersions, type TaughtAction, type Version } from './version';

/** What an audit record taught about one entity, as plain words. */
export type TaughtFact = {
  readonly kind: DirectoryKind;
  readonly entityId: string;
  readonly action: TaughtAction;
  /** The name the record carries (the new one of a rename); null where it carries none. */
  readonly name: string | null;
  /** Where the record says it lives; null where it does not say. */
  readonly divisionId?: string | null;
  readonly at: Date;
  readonly changeId: string;
};

/** A version with what is compared in it. */
export type KnownVersion = Version & { readonly content: Content };

/** A version taught by a record, ready to be kept. */
export type TaughtVersion = KnownVersion & { readonly provenance: 'event'; readonly changeId: string };

/**
 * The versions that a batch of records begins, oldest first: each builds on the version in force just before it, so that
 * a rename keeps division and details. A rename to the name already held, a repeated deletion, and a record already
 * known (`known` holds its change id) teach nothing. `known` is every version that could be in force before a fact.
 */
export function foldEvents(
  facts: readonly TaughtFact[],
  known: readonly KnownVersion[],
): readonly TaughtVersion[] {
  const timelines = new Map<string, KnownVersion[]>();
  for (const version of known) timelineOf(timelines, version).push(version);
  const taught: TaughtVersion[] = [];
  for (const fact of [...facts].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    const timeline = timelineOf(timelines, fact);
    if (timeline.some((version) => version.changeId === fact.changeId)) continue;
    const before = inForceBefore(timeline, fact.at);
    const content = contentAfter(fact, before);
    if (content === null) continue;
    const version: TaughtVersion = {
      kind: fact.kind,
      entityId: fact.entityId,
      validFrom: fact.at,
      seq: nextSeq(before, fact.at),
      state: content.state,
      name: content.name,
      divisionId: content.divisionId,
      parentId: content.parentId,
      provenance: 'event',
      snapshotId: null,
      changeId: fact.changeId,
      toldBy: fact.action,
      content,
    };
    timeline.push(version);
    taught.push(version);
  }
  return taught;
}

function contentAfter(fact: TaughtFact, before: KnownVersion | null): Content | null {
  const base: Content = before?.content ?? {
    divisionId: null,
    item: {},
    name: null,
    parentId: null,
    state: 'present',
  };
  const name = fact.name ?? base.name;
  const divisionId = fact.divisionId ?? base.divisionId;
  if (fact.action === 'deleted') {
    return before?.state === 'deleted' ? null : { ...base, name, divisionId, state: 'deleted' };
  }
  if (fact.action === 'renamed' && (fact.name === null || before?.name === fact.name)) return null;
  if (
    fact.action === 'created' &&
    before?.state === 'present' &&
    (fact.name === null || before.name === fact.name)
  )
    return null;
  return { ...base, name, divisionId, item: withName(base.item, name), state: 'present' };
}

/** The kept object with its new name, so that the next snapshot finds nothing to write. */
function withName(item: unknown, name: string | null): unknown {
  if (name === null || typeof item !== 'object' || item === null || Array.isArray(item)) return item;
  return { ...item, name };
}

function inForceBefore(timeline: readonly KnownVersion[], at: Date): KnownVersion | null {
  let found: KnownVersion | null = null;
  for (const version of timeline) {
    if (version.validFrom <= at && (found === null || compareVersions(version, found) >= 0)) found = version;
  }
  return found;
}

function timelineOf(
  timelines: Map<string, KnownVersion[]>,
  entity: { readonly kind: DirectoryKind; readonly entityId: string },
): KnownVersion[] {
  const key = `${entity.kind} ${entity.entityId}`;
  let timeline = timelines.get(key);
  if (timeline === undefined) {
    timeline = [];
    timelines.set(key, timeline);
  }
  return timeline;
}
