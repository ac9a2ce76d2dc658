'use client';

import { useApi } from '@/components/api/use-api';
import { useOrganizationName } from '@/components/frame/use-organizations';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { DivisionTagsDto } from '@/lib/divisions/contract';
import { TAGS_PATH } from '../settings-paths';
import { OrganizationDivisions } from './organization-divisions';

/** What the organisation says about its divisions: region, how sensitive, of which rank. */
export function DivisionsPage() {
  const { orgs } = useScope();
  const nameOf = useOrganizationName();
  const answer = useApi<DivisionTagsDto>(TAGS_PATH);
  if (answer.isError) {
    return (
      <ErrorState
        doing="cannot show the divisions"
        error={answer.error}
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <SkeletonRows rows={10} label="Reading the divisions" />;
  const items = answer.data.items.filter((item) => orgs.length === 0 || orgs.includes(item.orgId));
  if (items.length === 0) {
    return (
      <EmptyState title="No division is known yet">
        Divisions come with the first snapshot of a connected organisation.
      </EmptyState>
    );
  }
  const orgIds = [...new Set(items.map((item) => item.orgId))];
  return (
    <>
      <p className="mb-5 max-w-180 text-muted">
        Tags decide what a move means: regions whether a border is crossed, sensitivity who is told, ranks
        whether a self-move goes up. They apply from the moment they are saved; earlier moves keep what was in
        force then. Without a tag it is not evaluated.
      </p>
      <div className="flex flex-col gap-8">
        {orgIds.map((orgId) => (
          <OrganizationDivisions
            key={orgId}
            orgId={orgId}
            name={nameOf(orgId)}
            divisions={items.filter((item) => item.orgId === orgId)}
          />
        ))}
      </div>
    </>
  );
}
