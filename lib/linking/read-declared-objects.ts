import { hoursOfObjects } from '@/lib/changes/apply-bypass';
import type { RepositorySource } from '@/lib/connectors/commit-source';
import { declaredAfter } from '@/lib/connectors/model/declared-objects';
import type { Database } from '@/lib/db/connection';
import { log } from '@/lib/log/log';
import { hintsOf, type RepositoryDeclaration } from './model/loop/declared';
import {
  dropOthers,
  forgetDeclared,
  lockDeclared,
  noteFailedReading,
  noteReading,
  putDeclared,
  readOpen,
  readReadings,
} from './store/declared/declared-objects';

export type DeclaredRun = {
  /** Declarations that began or ended since the last reading. */
  readonly changed: number;
  /** Hours with ad-hoc changes of these objects since then: whether they went past the pipeline is to be said again. */
  readonly hours: readonly Date[];
  readonly failed: readonly { readonly repository: string; readonly because: string }[];
};

/**
 * Reads what the configured repositories declare, from the commit read last on. A repository that cannot be read keeps what it
 * was known to declare, and it is said since when. Idempotent; git is read outside the transaction.
 */
export async function readDeclaredObjects(
  db: Database,
  of: {
    readonly orgId: string;
    readonly git: RepositorySource | null;
    readonly now: Date;
    readonly signal?: AbortSignal;
  },
): Promise<DeclaredRun> {
  const { orgId, git, now } = of;
  await db.transaction((sql) => dropOthers(sql, orgId, git?.repositories ?? []));
  const heads = new Map((await readReadings(db.sql, orgId)).map((one) => [one.repository, one.head]));
  const changed: RepositoryDeclaration[] = [];
  const failed: { repository: string; because: string }[] = [];
  for (const repository of git?.repositories ?? []) {
    if (git === null || of.signal?.aborted) break;
    const since = heads.get(repository) ?? null;
    const read = await git.readDeclarations(repository, since);
    if (read.kind === 'not_evaluated') {
      failed.push({ repository, because: read.because });
      await noteFailedReading(db.sql, orgId, { repository, because: read.because, at: now });
      continue;
    }
    const { head, whole, steps } = read.value;
    const rows = await db.transaction(async (sql) => {
      await lockDeclared(sql, orgId);
      const current = (await readReadings(sql, orgId)).find((one) => one.repository === repository);
      // Somebody else read on in the meantime: the next pass goes on from there.
      if ((current?.head ?? null) !== since) return [];
      if (whole) await forgetDeclared(sql, orgId, repository);
      const { ended, begun } = declaredAfter(await readOpen(sql, orgId, repository), steps);
      await putDeclared(sql, { orgId, repository, rows: [...ended, ...begun] });
      await noteReading(sql, orgId, { repository, head, at: now });
      return [...ended, ...begun];
    });
    changed.push(...rows.map((row) => ({ ...row, repository })));
  }
  for (const one of failed)
    log.warn({ room: 'linking', orgId, ...one }, 'repository cannot be read for what it declares');
  return { changed: changed.length, hours: await hoursToLookAt(db, orgId, changed), failed };
}

async function hoursToLookAt(
  db: Database,
  orgId: string,
  changed: readonly RepositoryDeclaration[],
): Promise<readonly Date[]> {
  if (changed.length === 0) return [];
  const since = new Date(Math.min(...changed.map((one) => one.sinceAt.getTime())));
  return hoursOfObjects(db.sql, { orgId, since, ...hintsOf(changed) });
}
