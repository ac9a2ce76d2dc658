import { view } from '@/lib/auth/view';
import { type ChangeDetailRow, changeById } from '@/lib/changes/store/read/change-rows';
import type { CommitPatch } from '@/lib/connectors/model/commit-patch';
import type { Sql } from '@/lib/db/sql';
import { AppError, requestError } from '@/lib/kernel/errors';
import { sha256Hex } from '@/lib/kernel/hash';
import { toIso } from '@/lib/kernel/instant';
import type { Vault } from '@/lib/vault/vault';
import type { ChangeDiffDto, ClosedLoopDto } from '../contract/closed-loop';
import type { Claim } from '../model/claim';
import { closeLoop, type LoopFacts } from '../model/loop/close-loop';
import { declarationOf, declaredIndex } from '../model/loop/declared';
import { touchesObject } from '../model/loop/touching-files';
import { neighboursOf, pipelineClientsAt } from '../read-loop';
import { type KeptCommit, keptCommits } from '../store/commits/commits';
import { placeKey } from '../store/commits/merges';
import { keptPatches, type PatchRecord } from '../store/commits/patches';
import { readDeclaredOf, readReadings } from '../store/declared/declared-objects';
import { lastEvaluations } from '../store/evaluations';
import { flowLookup, versionOfPublication } from '../store/loop/flow-versions';
import { bypassOf, commitOfReference } from '../store/loop/loop-rows';

type Asked = { readonly id: string };

/** The closed loop of one change: review, merge, apply and record, each found, missing or not evaluated. Throws `not_found`. */
export const viewClosedLoop = view(
  {
    permission: 'changes.read',
    journal: ({ id }: Asked) => ({ action: 'change.loop_viewed', objectType: 'change', objectId: id }),
  },
  async ({ sql, viewer, now }, { id }: Asked): Promise<ClosedLoopDto> => {
    const row = await changeById(sql, viewer.orgIds, id);
    if (row === null) throw missing();
    const { orgId } = row;
    const { claim, kept } = await citedCommit(sql, row);
    const pipelines = await pipelineClientsAt(sql, orgId, now);
    const byPipeline =
      row.actorKind === 'automation' &&
      [row.actorId, row.clientId].some((one) => one !== null && pipelines.has(one));
    const readings = await readReadings(sql, orgId);
    const target = targetOf(row);
    const index = declaredIndex(await readDeclaredOf(sql, orgId, target));
    const declared = declarationOf(index, { ...target, at: row.eventDate });
    const bypass = await bypassOf(sql, orgId, row);
    const facts: LoopFacts = {
      change: {
        id,
        at: row.eventDate,
        receivedAt: row.receivedAt,
        provisional: row.provisional,
        actor: row.actorLabel ?? row.actorName ?? row.actorId ?? 'Somebody unknown',
        byPipeline,
      },
      claim,
      // The address is the host's, and came with the claim.
      commit: kept === null ? null : { ...kept.commit, url: claim?.url ?? null },
      configured: { repositories: readings.length > 0, pipelineClients: pipelines.size > 0 },
      neighbours: byPipeline ? await neighboursOf(sql, orgId, { ...row, at: row.eventDate }) : 0,
      flow: await flowOf(sql, row),
    };
    const patches = kept === null ? null : await keptPatches(sql, orgId, [kept.commit]);
    return {
      changeId: id,
      ...concerns({ claim, byPipeline, declared: declared !== null, bypass }),
      bypass,
      steps: closeLoop(facts).map((one) => ({
        ...one,
        who: [...one.who],
        evidence: [...one.evidence],
        at: one.at === null ? null : toIso(one.at),
      })),
      commit:
        kept === null || claim === null
          ? null
          : commitDto(kept, claim, patches?.has(placeKey(kept.commit)) ?? false),
      declared:
        declared === null
          ? null
          : {
              repository: declared.repository,
              path: declared.path,
              label: `${declared.resourceType}.${declared.label}`,
              since: toIso(declared.sinceAt),
            },
      repositories: readings.map((one) => ({
        name: one.repository,
        readAt: one.readAt === null ? null : toIso(one.readAt),
        notReadBecause: one.because,
      })),
    };
  },
);

/**
 * The diff of the commit behind a change, file by file, those that declare its object first. Throws `not_found` where there is none, and
 * `diff_altered` when the kept bytes are not those that were hashed.
 */
export async function viewChangeDiff(
  vault: Pick<Vault, 'get'>,
  ...asked: Parameters<typeof viewDiffPlace>
): Promise<ChangeDiffDto> {
  const { row, record, kept } = await viewDiffPlace(...asked);
  const bytes = await vault.get(record.vaultKey);
  if (sha256Hex(bytes) !== record.sha256)
    throw new AppError({
      code: 'diff_altered',
      message: 'cannot show the diff: what the vault holds is not what was hashed when it was read',
      status: 500,
      hint: 'Compare the vault with its backup.',
    });
  const patch: CommitPatch = JSON.parse(bytes.toString('utf8'));
  const target = targetOf(row);
  const files = patch.files.map((file) => ({ ...file, touchesObject: touchesObject(file, target) }));
  return {
    changeId: row.id,
    hash: record.hash,
    repository: record.repository,
    subject: kept.commit.subject,
    sha256: record.sha256,
    names: [...(row.entityId === null ? [] : [row.entityId]), ...target.entityNames],
    files: [...files.filter((one) => one.touchesObject), ...files.filter((one) => !one.touchesObject)],
  };
}

const viewDiffPlace = view(
  {
    permission: 'changes.read',
    journal: ({ id }: Asked) => ({ action: 'change.diff_viewed', objectType: 'change', objectId: id }),
  },
  async (
    { sql, viewer },
    { id }: Asked,
  ): Promise<{ row: ChangeDetailRow; record: PatchRecord; kept: KeptCommit }> => {
    const row = await changeById(sql, viewer.orgIds, id);
    if (row === null) throw missing();
    const { kept } = await citedCommit(sql, row);
    const record =
      kept === null
        ? undefined
        : (await keptPatches(sql, row.orgId, [kept.commit])).get(placeKey(kept.commit));
    if (kept === null || record === undefined)
      throw requestError(
        'not_found',
        'cannot show a diff: no commit of a configured repository stands behind this change',
      );
    return { row, record, kept };
  },
);

/** The best claim by a commit, and that commit as it is kept. */
async function citedCommit(
  sql: Sql,
  row: ChangeDetailRow,
): Promise<{ claim: Claim | null; kept: KeptCommit | null }> {
  const evaluation = (await lastEvaluations(sql, row.orgId, [row.id])).get(row.id);
  const claim = evaluation?.claims.find((one) => one.kind === 'commit') ?? null;
  if (claim === null) return { claim, kept: null };
  const place = await commitOfReference(sql, row.orgId, { changeId: row.id, reference: claim.reference });
  if (place === null) return { claim, kept: null };
  return { claim, kept: (await keptCommits(sql, row.orgId, [place])).get(placeKey(place)) ?? null };
}

async function flowOf(sql: Sql, row: ChangeDetailRow): Promise<LoopFacts['flow']> {
  if (row.entityType !== 'Flow' || row.action !== 'Publish' || row.entityId === null) return null;
  const { orgId, entityId: flowId } = row;
  const found = await versionOfPublication(sql, {
    orgId,
    flowId,
    version: row.context.version ?? null,
    at: row.eventDate,
  });
  if (found !== null) {
    const by = found.byClientId ?? found.byUserId;
    const isActor = by !== null && (by === row.actorId || by === row.clientId);
    return {
      version: {
        version: found.version,
        publishedAt: found.publishedAt,
        by: isActor ? (row.actorLabel ?? row.actorName ?? by) : by,
      },
      because: null,
    };
  }
  const lookup = await flowLookup(sql, orgId, flowId);
  return {
    version: null,
    because: lookup === null ? 'the versions of this flow have not been asked for yet' : lookup.because,
  };
}

function concerns(of: {
  claim: Claim | null;
  byPipeline: boolean;
  declared: boolean;
  bypass: boolean;
}): Pick<ClosedLoopDto, 'concerns' | 'because'> {
  if (of.bypass)
    return { concerns: true, because: 'The pipeline looks after this object, and this change went past it.' };
  if (of.claim !== null) return { concerns: true, because: 'The change is held against a commit.' };
  if (of.byPipeline) return { concerns: true, because: 'A configured pipeline client made the change.' };
  if (of.declared) return { concerns: true, because: 'A repository declares this object.' };
  return {
    concerns: false,
    because: 'No pipeline made this change, it names no commit, and no repository declares its object.',
  };
}

function commitDto({ commit, kept }: KeptCommit, claim: Claim, diffKept: boolean): ClosedLoopDto['commit'] {
  return {
    hash: commit.hash,
    repository: commit.repository,
    subject: commit.subject,
    author: commit.author,
    committedAt: toIso(commit.committedAt),
    url: claim.url,
    foundBy: claim.foundBy,
    diffKept,
    hostHeardAt: kept?.heardAt == null ? null : toIso(kept.heardAt),
    hostSilent: kept?.failure?.because ?? null,
  };
}

function targetOf(row: ChangeDetailRow) {
  return {
    entityId: row.entityId,
    entityType: row.entityType,
    entityNames: [...new Set([row.entityName, row.entityLabel])].flatMap((name) =>
      name === null || name === '' ? [] : [name],
    ),
  };
}

function missing(): AppError {
  return requestError('not_found', 'cannot show the change: there is none with this id that you may see');
}
