import { view } from '@/lib/auth/view';
import { decodeCursor, encodeCursor } from '@/lib/kernel/cursor';
import { requestError } from '@/lib/kernel/errors';
import { toIsoMs } from '@/lib/kernel/instant';
import { DEFAULT_PAGE_SIZE, type Page } from '@/lib/kernel/paging';
import type { ControlEvidenceDto, ControlRunDto, ControlRunListQuery } from '../contract';
import { evidenceById, listRuns } from '../store/read-runs';
import { evidenceDto, runDto } from './control-dto';

/** One page of runs, the newest first. */
export const viewControlRuns = view(
  { permission: 'controls.read' },
  async ({ sql, viewer }, query: ControlRunListQuery): Promise<Page<ControlRunDto>> => {
    const wanted = query.org?.map((id) => id.toLowerCase());
    const orgIds = viewer.orgIds.filter((id) => wanted === undefined || wanted.includes(id));
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const rows = await listRuns(sql, { orgIds, before: beforeOf(query.cursor), limit: limit + 1 });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(runDto),
      nextCursor: last === undefined ? null : encodeCursor([toIsoMs(last.startedAt), last.id]),
    };
  },
);

/** One input of a run with the answer as it was kept, without secrets. Throws `not_found`. */
export const viewControlEvidence = view(
  {
    permission: 'controls.export',
    journal: ({ id }: { readonly id: string }) => ({
      action: 'control_evidence.viewed',
      objectType: 'control_evidence',
      objectId: id,
    }),
  },
  async (
    { sql },
    { id }: { readonly id: string },
  ): Promise<ControlEvidenceDto & { readonly runId: string; readonly bytes: string | null }> => {
    const found = await evidenceById(sql, id);
    if (found === null)
      throw requestError('not_found', 'cannot show the answer: there is none with this id that you may see');
    const { bytes, ...row } = found;
    return { ...evidenceDto(row), runId: row.runId, bytes };
  },
);

function beforeOf(cursor: string | undefined): { startedAt: Date; id: string } | null {
  if (cursor === undefined) return null;
  const [at, id] = decodeCursor(cursor, 2);
  if (typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at)))
    return { startedAt: new Date(at), id };
  throw requestError('bad_request', 'cannot read the cursor: it was not made by this list', {
    hint: 'Start again without a cursor.',
  });
}
