import type { Metadata } from 'next';
import Link from 'next/link';
import { changePath } from '@/components/change-detail/change-path';
import { ChangeList } from '@/components/changes/change-list';
import { facetsPath, listPath } from '@/components/changes/paths';
import { PageHead } from '@/components/ui/layout/page-head';
import { readScope, toSearchParams } from '@/components/url/page-scope';
import { can } from '@/lib/auth/can';
import { changeFilterSchema, changeListSchema } from '@/lib/changes/contract';
import { viewChange } from '@/lib/changes/views/change-detail';
import { viewFacets } from '@/lib/changes/views/count-changes';
import { viewChanges } from '@/lib/changes/views/list-changes';
import type { PageProps } from '../page-props';
import { signedIn } from '../person';
import { Prefetched } from '../prefetched';

export const metadata: Metadata = { title: 'Changes' };

export default async function ChangesPage({ searchParams }: PageProps) {
  const viewer = await signedIn();
  const params = toSearchParams(await searchParams);
  const scope = readScope(params, new Date());
  const open = params.get('change');
  return (
    <Prefetched
      reads={[
        {
          path: listPath(params, scope),
          answer: (query) => viewChanges(viewer, changeListSchema.parse(query)),
        },
        {
          path: facetsPath(params, scope),
          answer: (query) => viewFacets(viewer, changeFilterSchema.parse(query)),
        },
        ...(open === null
          ? []
          : [{ path: changePath(open), answer: () => viewChange(viewer, { id: open }) }]),
      ]}
    >
      <PageHead title="Changes">
        {can(viewer, 'justifications.read') ? (
          <Link className="door" href="/justifications">
            Requests for justification
          </Link>
        ) : null}
      </PageHead>
      <ChangeList />
    </Prefetched>
  );
}
