import type { Database } from '@/lib/db/connection';
import { wantLookUps } from '@/lib/directory/look-up-name';
import { LOOKUP_REACH_MS } from '@/lib/directory/model/name-at';
import { namesAt } from '@/lib/directory/names-at';
import { addMs } from '@/lib/kernel/instant';
import type { DirectoryKind } from '@/lib/kernel/words';
import { refsOf } from '../model/record/enrich';
import { changesToReconsider } from '../store/opinion/enrichment';

const LIMIT = 1_000;

/**
 * Notes the ids of recent changes that no snapshot and no record names, to be asked for at the platform. Older changes are left
 * alone: an answer of now would be today's name for yesterday's event. Returns how many are wanted.
 */
export async function wantUnresolvedNames(
  db: Database,
  { orgId, now }: { readonly orgId: string; readonly now: Date },
): Promise<number> {
  const recent = await changesToReconsider(db.sql, {
    orgId,
    from: addMs(now, -LOOKUP_REACH_MS),
    to: now,
    clientIds: [],
    all: false,
    noiseFrom: null,
    naming: [],
    after: null,
    limit: LIMIT,
  });
  const asked = recent.flatMap(({ change }) =>
    refsOf(change).flatMap((ref) => {
      const kind: DirectoryKind | undefined = ref.kind ?? (ref.id === change.userId ? 'user' : undefined);
      return kind === undefined ? [] : [{ id: ref.id, kind, at: change.eventDate }];
    }),
  );
  if (asked.length === 0) return 0;
  const names = await namesAt(db.sql, orgId, asked);
  const wanted = asked.filter((_, index) => names[index]?.name === null);
  return wanted.length === 0 ? 0 : db.transaction((sql) => wantLookUps(sql, { orgId, wanted, now }));
}
