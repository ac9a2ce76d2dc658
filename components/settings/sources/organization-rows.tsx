'use client';

import { useCommand } from '@/components/api/use-command';
import { useMay } from '@/components/frame/use-me';
import { useOrganizations } from '@/components/frame/use-organizations';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { Time } from '@/components/ui/data/time';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { OrganizationDto } from '@/lib/auth/contract';

export function OrganizationRows() {
  const answer = useOrganizations();
  if (answer.isError) {
    return (
      <ErrorState
        doing="cannot show the organisations"
        error={answer.error}
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <SkeletonRows rows={2} label="Reading the organisations" />;
  if (answer.data.items.length === 0) {
    return (
      <EmptyState title="No organisation is known yet">
        It appears here with its own name once a Genesys Cloud source has been reached for the first time.
      </EmptyState>
    );
  }
  return (
    <ul className="divide-y border-y">
      {answer.data.items.map((org) => (
        <OrganizationRow key={org.id} org={org} />
      ))}
    </ul>
  );
}

function OrganizationRow({ org }: { readonly org: OrganizationDto }) {
  const may = useMay('sources.write');
  const change = useCommand<'active' | 'paused', OrganizationDto>((state) => ({
    method: 'PATCH',
    path: `/api/v1/organizations/${encodeURIComponent(org.id)}`,
    body: { state },
  }));
  const paused = org.state === 'paused';
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
      <span className="font-medium">{org.name}</span>
      <span className="text-muted">
        {org.region}
        {org.domain === null ? '' : `, ${org.domain}`}
      </span>
      <CopyableId id={org.id} label="organisation id" />
      <span className="text-sm text-muted">
        connected <Time at={org.connectedAt} precision="minute" />
      </span>
      {paused ? <Badge tone="warn">Collection paused</Badge> : null}
      {may ? (
        <Button
          size="small"
          className="ml-auto"
          busy={change.isPending}
          onClick={() => change.mutate(paused ? 'active' : 'paused')}
        >
          {paused ? 'Resume collecting' : 'Pause collecting'}
        </Button>
      ) : null}
      {change.isError ? <ErrorState doing="cannot change the organisation" error={change.error} /> : null}
    </li>
  );
}
