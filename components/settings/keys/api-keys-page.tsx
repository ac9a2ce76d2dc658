'use client';

import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useApi } from '@/components/api/use-api';
import { useMay } from '@/components/frame/use-me';
import { useHydrated } from '@/components/hooks/use-hydrated';
import { API_KEYS_PATH } from '@/components/settings/settings-paths';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { DataTable } from '@/components/ui/data/data-table';
import { Time } from '@/components/ui/data/time';
import { Panel } from '@/components/ui/layout/panel';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { ApiKeyDto } from '@/lib/auth/contract';
import { ROLE_WORDS } from '../people/roles';
import { AddApiKey } from './add-api-key';
import { RevokeKey } from './revoke-key';

/** Keys for programs: each has a role of its own, and is shown once when it is made. */
export function ApiKeysPage() {
  const may = useMay('api_keys.manage');
  const [adding, setAdding] = useState(false);
  const answer = useApi<{ readonly items: readonly ApiKeyDto[] }>(API_KEYS_PATH);
  return (
    <Panel
      title="API keys"
      aside={
        may ? (
          <Button look="primary" size="small" onClick={() => setAdding(true)}>
            <KeyRound aria-hidden size={14} /> Create a key
          </Button>
        ) : undefined
      }
    >
      {answer.isError ? (
        <ErrorState
          doing="cannot show the API keys"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      ) : answer.data === undefined ? (
        <SkeletonRows label="Reading the API keys" />
      ) : answer.data.items.length === 0 ? (
        <EmptyState title="No key has been made">
          A key lets a program read under a role of its own, with Authorization: Bearer. Each use counts as
          that key's.
        </EmptyState>
      ) : (
        <DataTable
          caption="API keys"
          rows={answer.data.items}
          keyOf={(key) => key.id}
          columns={[
            {
              id: 'name',
              header: 'Name',
              cell: (key) => (
                <>
                  {key.name}
                  <CopyableId id={key.id} label="key id" ownLine />
                </>
              ),
            },
            { id: 'role', header: 'Role', cell: (key) => ROLE_WORDS[key.role] },
            { id: 'state', header: 'State', cell: (key) => <KeyState apiKey={key} /> },
            { id: 'created', header: 'Created', cell: (key) => <Time at={key.createdAt} /> },
            { id: 'by', header: 'By', cell: (key) => key.createdBy },
            {
              id: 'used',
              header: 'Last used',
              cell: (key) =>
                key.lastUsedAt === null ? (
                  <span className="text-muted">never</span>
                ) : (
                  <Time at={key.lastUsedAt} />
                ),
            },
            {
              id: 'expires',
              header: 'Expires',
              cell: (key) =>
                key.expiresAt === null ? (
                  <span className="text-muted">never</span>
                ) : (
                  <Time at={key.expiresAt} />
                ),
            },
            ...(may
              ? [
                  {
                    id: 'act',
                    header: <span className="sr-only">Actions</span>,
                    cell: (key: ApiKeyDto) => <RevokeKey apiKey={key} />,
                    align: 'right' as const,
                  },
                ]
              : []),
          ]}
          narrow={(key) => ({
            first: (
              <span className="flex items-center justify-between gap-2">
                {key.name}
                {may ? <RevokeKey apiKey={key} /> : null}
              </span>
            ),
            second: (
              <>
                <span>{ROLE_WORDS[key.role]}</span>
                <KeyState apiKey={key} />
                <Time at={key.createdAt} precision="day" />
              </>
            ),
          })}
        />
      )}
      {adding ? <AddApiKey onClose={() => setAdding(false)} /> : null}
    </Panel>
  );
}

function KeyState({ apiKey }: { readonly apiKey: ApiKeyDto }) {
  const hydrated = useHydrated();
  if (apiKey.revokedAt !== null) return <Badge tone="bad">Revoked</Badge>;
  const expired = hydrated && apiKey.expiresAt !== null && Date.parse(apiKey.expiresAt) <= Date.now();
  return expired ? <Badge tone="warn">Expired</Badge> : <Badge>In use</Badge>;
}
