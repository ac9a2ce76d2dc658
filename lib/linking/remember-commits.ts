import type { RepositorySource } from '@/lib/connectors/commit-source';
import type { Commit } from '@/lib/connectors/model/commit';
import type { CommitPatch } from '@/lib/connectors/model/commit-patch';
import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sha256 } from '@/lib/kernel/hash';
import { known } from '@/lib/kernel/outcome';
import type { Vault } from '@/lib/vault/vault';
import { lastMerges, noteMergeFailures, placeKey } from './store/commits/merges';
import { appendPatch, keptPatches } from './store/commits/patches';

type Remembering = { readonly sql: Sql; readonly orgId: string; readonly now: () => Date };

/**
 * The repositories with a memory: where a host cannot be asked now how a commit came in, what it last said stands, and that
 * it could not be asked is kept, so that it is asked again.
 */
export function withMemory(git: RepositorySource, by: Remembering): RepositorySource {
  return {
    ...git,
    async findCommits(prefixes) {
      const answers = await git.findCommits(prefixes);
      const unheard = [...answers.values()].flatMap((answer) => {
        if (answer.kind !== 'known' || answer.value.kind !== 'found') return [];
        const { commit } = answer.value;
        const { merge } = commit;
        return merge.kind === 'unknown' && merge.failed ? [{ commit, because: merge.because }] : [];
      });
      if (unheard.length === 0) return answers;
      await noteMergeFailures(by.sql, {
        orgId: by.orgId,
        at: by.now(),
        commits: unheard.map(({ commit, because }) => ({ ...placeOf(commit), because })),
      });
      const kept = await lastMerges(
        by.sql,
        by.orgId,
        unheard.map(({ commit }) => commit.hash),
      );
      return new Map(
        [...answers].map(([prefix, answer]) => {
          if (answer.kind !== 'known' || answer.value.kind !== 'found') return [prefix, answer];
          const { commit } = answer.value;
          const merge = kept.get(placeKey(commit))?.merge ?? null;
          if (commit.merge.kind !== 'unknown' || merge === null) return [prefix, answer];
          return [prefix, known({ kind: 'found' as const, commit: asLastHeard(commit, merge) })];
        }),
      );
    },
  };
}

function asLastHeard(commit: Commit, merge: Commit['merge']): Commit {
  const request = merge.kind === 'request' ? merge : null;
  return {
    ...commit,
    merge: merge.kind === 'unknown' ? merge : { ...merge, remembered: true },
    mergedAt: request?.request.mergedAt ?? null,
    review: request?.verdict.review ?? (merge.kind === 'none' ? 'unreviewed' : 'unknown'),
  };
}

/**
 * Keeps the diff of each commit in the vault, once. Outside any transaction: git and the vault may take their time. A diff
 * that cannot be read now is read when the commit is next looked up.
 */
export async function keepPatches(
  commits: readonly Commit[],
  by: Remembering & { readonly git: RepositorySource; readonly vault: Pick<Vault, 'putOnce'> },
): Promise<void> {
  const { sql, orgId } = by;
  const kept = await keptPatches(sql, orgId, commits.map(placeOf));
  for (const commit of commits) {
    if (kept.has(placeKey(commit))) continue;
    const patch = await by.git.readPatch(commit.repository, commit.hash);
    if (patch.kind === 'not_evaluated') continue;
    const bytes = Buffer.from(canonicalJson(patch.value), 'utf8');
    const digest = sha256(bytes).toString('hex');
    // Named by what it holds: the same diff twice is one object, another one never stands in its way.
    const vaultKey = `commits/${orgId}/${digest}.json`;
    await by.vault.putOnce(vaultKey, bytes);
    await appendPatch(sql, {
      orgId,
      receivedAt: by.now(),
      record: {
        ...placeOf(commit),
        vaultKey,
        sha256: digest,
        bytes: bytes.length,
        files: filesOf(patch.value),
      },
    });
  }
}

function filesOf(patch: CommitPatch) {
  return patch.files.map(({ patch: _, ...file }) => file);
}

function placeOf({ hash, repository }: Commit): { hash: string; repository: string } {
  return { hash, repository };
}
