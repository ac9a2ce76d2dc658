import type { Metadata } from 'next';
import { OPEN_MOVE } from '@/components/moves/filter/move-filter';
import { MoveList } from '@/components/moves/list/move-list';
import { movePath, moveSummaryPath, movesPath } from '@/components/moves/paths';
import { PageHead } from '@/components/ui/layout/page-head';
import { readScope, toSearchParams } from '@/components/url/page-scope';
import { moveFilterSchema, moveListSchema } from '@/lib/divisions/contract';
import { viewMoves } from '@/lib/divisions/views/list-moves';
import { viewMove } from '@/lib/divisions/views/move-detail';
import { viewMoveSummary } from '@/lib/divisions/views/summarise-moves';
import type { PageProps } from '../page-props';
import { signedIn } from '../person';
import { Prefetched } from '../prefetched';

export const metadata: Metadata = { title: 'Division moves' };

export default async function DivisionMovesPage({ searchParams }: PageProps) {
  const viewer = await signedIn();
  const params = toSearchParams(await searchParams);
  const scope = readScope(params, new Date());
  const open = params.get(OPEN_MOVE);
  return (
    <Prefetched
      reads={[
        {
          path: movesPath(params, scope),
          answer: (query) => viewMoves(viewer, moveListSchema.parse(query)),
        },
        {
          path: moveSummaryPath(params, scope),
          answer: (query) => viewMoveSummary(viewer, moveFilterSchema.parse(query)),
        },
        ...(open === null ? [] : [{ path: movePath(open), answer: () => viewMove(viewer, { id: open }) }]),
      ]}
    >
      <PageHead title="Division moves" />
      <MoveList />
    </Prefetched>
  );
}
