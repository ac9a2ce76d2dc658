'use client';

import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { useMe } from '@/components/frame/use-me';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/overlay/confirm';
import { Menu } from '@/components/ui/overlay/menu';
import { useNotice } from '@/components/ui/overlay/notices';
import type { UserDto } from '@/lib/auth/contract';
import { ROLES, type Role } from '@/lib/kernel/words';
import { ROLE_WORDS } from './roles';

type Change = { readonly role?: Role; readonly state?: 'active' | 'disabled' };

/** Role, state and sessions of one person. Nobody changes their own account here. */
export function PersonActions({ user }: { readonly user: UserDto }) {
  const me = useMe().data;
  const say = useNotice();
  const [asking, setAsking] = useState<Change | 'sessions' | null>(null);
  const path = `/api/v1/users/${encodeURIComponent(user.id)}`;
  const done = () => {
    setAsking(null);
    say(`Changed ${user.name}`);
  };
  const change = useCommand<Change, UserDto>((body) => ({ method: 'PATCH', path, body }), { onDone: done });
  const end = useCommand<void, { ended: number }>(() => ({ method: 'DELETE', path: `${path}/sessions` }), {
    onDone: done,
  });
  if (me?.id === user.id) return <span className="text-sm text-muted">you</span>;
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button look="quiet" size="icon" aria-label={`Actions for ${user.name}`}>
            <Ellipsis aria-hidden size={16} />
          </Button>
        }
        items={[
          { kind: 'heading', key: 'role', label: 'Role' },
          ...ROLES.map((role) => ({
            kind: 'item' as const,
            key: role,
            label: ROLE_WORDS[role],
            checked: role === user.role,
            onSelect: () => (role === user.role ? undefined : setAsking({ role })),
          })),
          { kind: 'line', key: 'line' },
          { kind: 'item', key: 'sessions', label: 'End all sessions', onSelect: () => setAsking('sessions') },
          user.state === 'disabled'
            ? { kind: 'item', key: 'enable', label: 'Enable', onSelect: () => setAsking({ state: 'active' }) }
            : {
                kind: 'item',
                key: 'disable',
                label: 'Disable',
                onSelect: () => setAsking({ state: 'disabled' }),
              },
        ]}
      />
      <Confirm
        open={asking !== null}
        title={titleOf(asking, user)}
        act={actOf(asking)}
        busy={change.isPending || end.isPending}
        error={change.error ?? end.error}
        onConfirm={() =>
          asking === 'sessions' ? end.mutate() : asking === null ? undefined : change.mutate(asking)
        }
        onClose={() => setAsking(null)}
      >
        Their sessions end at once. What they did stays in the journal under their name.
      </Confirm>
    </>
  );
}

function titleOf(asking: Change | 'sessions' | null, user: UserDto): string {
  if (asking === null) return user.name;
  if (asking === 'sessions') return `End every session of ${user.name}`;
  if (asking.role !== undefined) return `Make ${user.name} ${ROLE_WORDS[asking.role].toLowerCase()}`;
  return `${asking.state === 'active' ? 'Enable' : 'Disable'} ${user.name}`;
}

function actOf(asking: Change | 'sessions' | null): string {
  if (asking === 'sessions') return 'End sessions';
  if (asking === null || asking.role !== undefined) return 'Change role';
  return asking.state === 'active' ? 'Enable' : 'Disable';
}
