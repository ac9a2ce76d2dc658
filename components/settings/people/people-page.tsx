'use client';

import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useApi } from '@/components/api/use-api';
import { useMay } from '@/components/frame/use-me';
import { USERS_PATH } from '@/components/settings/settings-paths';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data/data-table';
import { Time } from '@/components/ui/data/time';
import { Panel } from '@/components/ui/layout/panel';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { UserDto } from '@/lib/auth/contract';
import { AddPerson } from './add-person';
import { PersonActions } from './person-actions';
import { PersonState } from './person-state';
import { ROLE_WORDS } from './roles';

/** Everybody with an account. */
export function PeoplePage() {
  const may = useMay('users.manage');
  const [adding, setAdding] = useState(false);
  const answer = useApi<{ readonly items: readonly UserDto[] }>(USERS_PATH);
  return (
    <Panel
      title="People"
      aside={
        may ? (
          <Button look="primary" size="small" onClick={() => setAdding(true)}>
            <UserPlus aria-hidden size={14} /> Add a person
          </Button>
        ) : undefined
      }
    >
      {answer.isError ? (
        <ErrorState
          doing="cannot show the people"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      ) : answer.data === undefined ? (
        <SkeletonRows label="Reading the people" />
      ) : answer.data.items.length === 0 ? (
        <EmptyState title="Nobody has an account">
          The first one is made on the command line: tallystick user create.
        </EmptyState>
      ) : (
        <DataTable
          caption="People"
          rows={answer.data.items}
          keyOf={(user) => user.id}
          columns={[
            {
              id: 'name',
              header: 'Name',
              cell: (user) => (
                <>
                  <bdi>{user.name}</bdi>
                  <span className="block text-xs text-muted">{user.email}</span>
                </>
              ),
            },
            { id: 'role', header: 'Role', cell: (user) => ROLE_WORDS[user.role] },
            {
              id: 'orgs',
              header: 'Organisations',
              cell: (user) => (user.orgScope === null ? 'all' : user.orgScope.length),
            },
            { id: 'state', header: 'State', cell: (user) => <PersonState state={user.state} /> },
            {
              id: 'last',
              header: 'Last signed in',
              cell: (user) =>
                user.lastSignInAt === null ? (
                  <span className="text-muted">never</span>
                ) : (
                  <Time at={user.lastSignInAt} />
                ),
            },
            ...(may
              ? [
                  {
                    id: 'act',
                    header: <span className="sr-only">Actions</span>,
                    cell: (user: UserDto) => <PersonActions user={user} />,
                    align: 'right' as const,
                  },
                ]
              : []),
          ]}
          narrow={(user) => ({
            first: (
              <span className="flex items-center justify-between gap-2">
                <bdi>{user.name}</bdi>
                {may ? <PersonActions user={user} /> : null}
              </span>
            ),
            second: (
              <>
                <span>{ROLE_WORDS[user.role]}</span>
                <PersonState state={user.state} />
                <span>{user.email}</span>
              </>
            ),
          })}
        />
      )}
      {adding ? <AddPerson onClose={() => setAdding(false)} /> : null}
    </Panel>
  );
}
