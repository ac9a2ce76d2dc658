import { view } from '@/lib/auth/view';
import { toIso } from '@/lib/kernel/instant';
import { DIRECTORY_KINDS } from '@/lib/kernel/words';
import type { DirectoryDto, DirectoryQuery } from '../contract';
import { organisationAsOf } from '../find-as-of';
import { namesAt } from '../names-at';
import { divisionTagsAt } from '../policy-at';
import { listAt } from '../store/as-of';
import { listRuns } from '../store/snapshot-runs';
import { instantOf, orgOf } from './ask';
import { runDto } from './to-dto';

/** How many of the latest snapshots the overview lists: two days of every kind. */
const OVERVIEW_RUNS = 2 * DIRECTORY_KINDS.length;

/** The organisation at an instant: counts per kind, divisions with their members, and how its snapshots went. */
export const viewDirectory = view<DirectoryQuery, DirectoryDto>(
  { permission: 'directory.read', journal: (_, output) => ({ orgId: output.orgId }) },
  async (context, input) => {
    const { sql } = context;
    const at = instantOf(input.at, context);
    const orgId = orgOf(context, input.org);
    if (orgId === null) return { orgId, at: toIso(at), kinds: [], divisions: [], snapshots: [] };
    const state = await organisationAsOf(sql, orgId, at, { now: input.at === undefined });
    const tags = await divisionTagsAt(sql, orgId, at);
    const present = await listAt(sql, {
      orgId,
      kind: 'division',
      at,
      withDeleted: false,
      afterId: '',
      limit: 10_000,
    });
    const names = await namesAt(
      sql,
      orgId,
      present.map((division) => ({ id: division.entityId, kind: 'division' as const, at })),
    );
    return {
      orgId,
      at: toIso(at),
      kinds: state.kinds.map(({ snapshot, ...kind }) => ({
        ...kind,
        snapshot: snapshot && { ...snapshot, takenAt: toIso(snapshot.takenAt) },
      })),
      divisions: names.map((name) => ({
        id: name.id,
        name,
        tag: tags.get(name.id) ?? null,
        members: Object.fromEntries(state.divisions.get(name.id) ?? []),
      })),
      snapshots: (await listRuns(sql, { orgIds: [orgId], limit: OVERVIEW_RUNS })).map(runDto),
    };
  },
);
