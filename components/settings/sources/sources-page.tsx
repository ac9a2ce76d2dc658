'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useApi } from '@/components/api/use-api';
import { useMay } from '@/components/frame/use-me';
import { SOURCES_PATH } from '@/components/settings/settings-paths';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/layout/panel';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { SourceDto } from '@/lib/auth/contract';
import { OrganizationRows } from './organization-rows';
import { SourceDialog } from './source-dialog';
import { SourceRow } from './source-row';

/** Organisations whose audit logs are collected, and the systems their changes are matched against. */
export function SourcesPage() {
  const may = useMay('sources.write');
  const [open, setOpen] = useState<SourceDto | 'new' | null>(null);
  const answer = useApi<{ readonly items: readonly SourceDto[] }>(SOURCES_PATH);
  return (
    <div className="flex flex-col gap-8">
      <Panel title="Organisations" aside="Known once their source has been reached">
        <OrganizationRows />
      </Panel>
      <Panel
        title="Sources"
        aside={
          may ? (
            <Button look="primary" size="small" onClick={() => setOpen('new')}>
              <Plus aria-hidden size={14} /> Connect a source
            </Button>
          ) : (
            'Your role may look at them, not change them'
          )
        }
      >
        {answer.isError ? (
          <ErrorState
            doing="cannot show the sources"
            error={answer.error}
            onRetry={() => void answer.refetch()}
          />
        ) : answer.data === undefined ? (
          <SkeletonRows rows={4} label="Reading the sources" />
        ) : answer.data.items.length === 0 ? (
          <EmptyState title="Nothing is connected">
            Connect a Genesys Cloud organisation first: an OAuth client of the client-credentials grant with
            the audit permission is enough. Then Jira, ServiceNow or Git, so that changes can be matched with
            what asked for them.
          </EmptyState>
        ) : (
          <ul className="divide-y border-y">
            {answer.data.items.map((source) => (
              <SourceRow key={source.id} source={source} mayChange={may} onChange={() => setOpen(source)} />
            ))}
          </ul>
        )}
      </Panel>
      {open === null ? null : (
        <SourceDialog source={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />
      )}
    </div>
  );
}
