import { view } from '@/lib/auth/view';
import { decodeCursor } from '@/lib/kernel/cursor';
import { requestError } from '@/lib/kernel/errors';
import { parseInstant } from '@/lib/kernel/instant';
import { DEFAULT_PAGE_SIZE, type Page } from '@/lib/kernel/paging';
import type { SnapshotDto, SnapshotListQuery, SnapshotQuery, SnapshotRunDto } from '../contract';
import { loadBegunBy } from '../store/begun-by';
import { type ListedRun, listRuns, loadRun } from '../store/snapshot-runs';
import { divisionNames, pageOf } from './ask';
import { itemDto, runDto } from './to-dto';

/** Readings of kinds, newest first, with their totals and outcomes. */
export const viewSnapshots = view<SnapshotListQuery, Page<SnapshotRunDto>>(
  { permission: 'directory.read' },
  async (context, input) => {
    const limit = input.limit ?? DEFAULT_PAGE_SIZE;
    const [takenAt, id] = input.cursor ? decodeCursor(input.cursor, 2) : [];
    const takenBefore = parseInstant(takenAt);
    const runs = await listRuns(context.sql, {
      orgIds: input.org ? [input.org] : context.viewer.orgIds,
      kind: input.kind,
      before: takenBefore ? { takenAt: takenBefore, id: String(id) } : undefined,
      limit: limit + 1,
    });
    return pageOf(runs, limit, runDto, (run: ListedRun) => [run.takenAt.toISOString(), run.id]);
  },
);

/** One reading with what it began, a page of it in order of id; `verdict` keeps only one kind of difference. Throws `not_found`. */
export const viewSnapshot = view<SnapshotQuery & { id: string }, SnapshotDto>(
  {
    permission: 'directory.read',
    journal: (input, output) => ({ objectId: input.id, orgId: output.run.orgId }),
  },
  async (context, input) => {
    const run = await loadRun(context.sql, input.id);
    if (run === null) throw requestError('not_found', 'cannot show this snapshot: there is none by this id');
    const limit = input.limit ?? DEFAULT_PAGE_SIZE;
    const rows = await loadBegunBy(context.sql, {
      orgId: run.orgId,
      snapshotId: run.id,
      verdict: input.verdict ?? null,
      afterId: input.cursor ? String(decodeCursor(input.cursor, 1)[0]) : '',
      limit: limit + 1,
    });
    const divisions = await divisionNames(context, run.orgId, rows, run.takenAt);
    const page = pageOf(
      rows,
      limit,
      (row) => ({ ...itemDto(row, divisions), verdict: row.verdict }),
      (row) => [row.entityId],
    );
    return { run: runDto(run), ...page };
  },
);
