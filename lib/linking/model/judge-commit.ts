import type { Commit } from '@/lib/connectors/model/commit';
import type { DiffObject } from '@/lib/connectors/model/objects-in-diff';
import { addMs, floorToSecond, SECOND_MS, toIso } from '@/lib/kernel/instant';
import type { Claim, JudgedChange } from './claim';
import { labelOfName, sameName, sameObject } from './same-object';

/** How much of full confidence remains where a commit says less than it could. */
const WITHOUT_OBJECT = 0.6;
const BY_LABEL_ALONE = 0.9;
const WITHOUT_MERGE = 0.9;
const SHORT_REFERENCE = 0.95;
const SHORT_DIGITS = 10;

/** How a commit's diff stands to the change's target. */
type Touch =
  | { readonly kind: 'named'; readonly by: 'id' | 'name' | 'label' }
  | { readonly kind: 'other'; readonly objects: number }
  | { readonly kind: 'cannot_tell'; readonly because: string };

/**
 * The claim that a commit authorised a change: it exists, it was merged (where the host tells; else committed) at or before the change, and
 * where its diff names objects of the change's type the target is one of them. A diff that cannot tell lowers confidence and says so.
 * `reference` is the hash as it was cited.
 * Source: design 5, linkage, step 3.
 */
export function judgeCommit(
  commit: Commit,
  change: JudgedChange,
  reference: string,
): Omit<Claim, 'kind' | 'reference' | 'foundBy'> {
  const at = addMs(floorToSecond(change.at), SECOND_MS - 1);
  const touch = touchOf(commit, change);
  const open = commit.merge.kind === 'request' && commit.mergedAt === null ? commit.merge.request : null;
  const effectiveAt = commit.mergedAt ?? commit.committedAt;
  const word = commit.mergedAt === null ? 'committed' : 'merged';
  const late = effectiveAt > at;
  const other = touch.kind === 'other';
  const because = other
    ? `its diff changes ${touch.objects} ${touch.objects === 1 ? 'object' : 'objects'} of this kind and not the one that was changed`
    : open !== null
      ? `${open.reference} of ${open.author}, which holds it, is not merged`
      : late
        ? `${word} at ${toIso(effectiveAt)}, after the change`
        : `${word} at ${toIso(effectiveAt)}, not after the change`;
  return {
    status: other || open !== null ? 'mismatch' : late ? 'late_approval' : 'linked',
    reason: other
      ? 'names_other_object'
      : open !== null
        ? 'never_approved'
        : late
          ? 'committed_after_change'
          : null,
    reasons: [because, `commit ${commit.hash} of ${commit.repository}`, ...notes(commit, touch)],
    confidence: confidenceOf(commit, touch, reference),
    statusAtChange: late || open !== null ? null : word,
    approvedAt: open === null ? effectiveAt : null,
    approvers: approversOf(commit),
    window: null,
    namesTarget: touch.kind === 'named' ? true : touch.kind === 'other' ? false : null,
    emergency: false,
    review: commit.review,
    url: commit.url,
    title: commit.subject,
  };
}

/** Those who approved it before it was merged; where no host tells, whoever committed it. */
function approversOf(commit: Commit): readonly string[] {
  if (commit.merge.kind === 'unknown') return [commit.committer];
  return commit.merge.kind === 'none' ? [] : commit.merge.verdict.approvals.map((approval) => approval.by);
}

function touchOf(commit: Commit, change: JudgedChange): Touch {
  if (commit.diff.kind === 'unknown') return { kind: 'cannot_tell', because: commit.diff.because };
  const { objects, looseIds } = commit.diff;
  if ([...looseIds, ...objects.flatMap((object) => object.ids)].some((id) => sameObject(id, change.entityId)))
    return { kind: 'named', by: 'id' };
  const ofType = objects.filter((object) => object.entityTypes.includes(change.entityType));
  if (ofType.length === 0) return { kind: 'cannot_tell', because: 'its diff names no object of this kind' };
  const names = change.entityNames;
  // A block that gives its object another id is another object, whatever it is called.
  const byName = ofType.filter((object) => object.ids.length === 0 || change.entityId === null);
  if (byName.some((object) => object.names.some((name) => names.some((one) => sameName(one, name)))))
    return { kind: 'named', by: 'name' };
  if (byName.some((object) => names.some((name) => labelOfName(object.label, name))))
    return { kind: 'named', by: 'label' };
  const open = ofType.filter((object) => !canExclude(object, change));
  if (open.length > 0)
    return {
      kind: 'cannot_tell',
      because:
        'its diff does not write out which objects it changes, or the target’s name at the change is not known',
    };
  return { kind: 'other', objects: ofType.length };
}

/** Whether the block says enough about its object to know that it is not the target. */
function canExclude(object: DiffObject, change: JudgedChange): boolean {
  if (object.ids.length > 0 && change.entityId !== null) return true;
  return object.names.length > 0 && change.entityNames.length > 0;
}

function notes(commit: Commit, touch: Touch): string[] {
  const said: string[] = [];
  if (touch.kind === 'named')
    said.push(
      touch.by === 'label'
        ? 'a block of its diff is labelled as the object is called'
        : `its diff names the object by ${touch.by}`,
    );
  if (touch.kind === 'cannot_tell')
    said.push(`whether it changes the object cannot be told: ${touch.because}`);
  said.push(...mergeNotes(commit));
  return said;
}

function mergeNotes({ merge }: Commit): string[] {
  switch (merge.kind) {
    case 'unknown':
      return [
        merge.failed
          ? 'its host could not be asked whether it was reviewed; the committer’s date counts'
          : 'the repository knows no merges; the committer’s date counts',
      ];
    case 'none':
      return [
        `nobody reviewed it: ${merge.host} knows no request that brought it in; the committer’s date counts`,
      ];
    case 'request': {
      const { request, verdict } = merge;
      const by = verdict.approvals.map((approval) => approval.by).join(', ');
      const said =
        verdict.review === 'reviewed'
          ? `reviewed in ${request.reference} by ${by}`
          : verdict.review === 'unreviewed'
            ? `nobody but its authors reviewed it in ${request.reference}`
            : `approved in ${request.reference} by ${by} at a time nobody knows`;
      return [said, ...verdict.notes];
    }
  }
}

function confidenceOf(commit: Commit, touch: Touch, reference: string): number {
  let confidence =
    touch.kind === 'cannot_tell'
      ? WITHOUT_OBJECT
      : touch.kind === 'named' && touch.by === 'label'
        ? BY_LABEL_ALONE
        : 1;
  if (commit.mergedAt === null) confidence *= WITHOUT_MERGE;
  if (reference.length < SHORT_DIGITS) confidence *= SHORT_REFERENCE;
  return Math.round(confidence * 100) / 100;
}
