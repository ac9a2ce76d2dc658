'use client';

import { CircleUserRound } from 'lucide-react';
import { signOut } from 'next-auth/react';
import { useTheme } from 'next-themes';
import { Button } from '@/components/ui/button';
import { sentenceCase, wordsOf } from '@/components/ui/data/format';
import { Menu } from '@/components/ui/overlay/menu';
import { useNotice } from '@/components/ui/overlay/notices';
import type { MeDto } from '@/lib/auth/contract';
import { usePanels } from '../use-shortcuts';

export function PersonMenu({ me }: { readonly me: MeDto | undefined }) {
  const { resolvedTheme, setTheme } = useTheme();
  const { showList } = usePanels();
  const say = useNotice();
  const leave = () => {
    signOut({ callbackUrl: '/signin' }).catch(() =>
      say('Signing out failed: the server could not be reached'),
    );
  };
  return (
    <Menu
      align="end"
      trigger={
        <Button look="quiet" size="icon" aria-label={me === undefined ? 'You' : `You: ${me.name}`}>
          <CircleUserRound aria-hidden size={18} />
        </Button>
      }
      items={[
        {
          kind: 'heading',
          key: 'who',
          label:
            me === undefined ? (
              'You'
            ) : (
              <>
                <span className="block font-medium text-ink">{me.name}</span>
                {me.email === null ? null : <span className="block">{me.email}</span>}
                <span className="block">{sentenceCase(wordsOf(me.role))}</span>
              </>
            ),
        },
        { kind: 'line', key: 'line-1' },
        { kind: 'item', key: 'keys', label: 'Keys', onSelect: () => showList(true) },
        {
          kind: 'item',
          key: 'theme',
          label: resolvedTheme === 'dark' ? 'Light theme' : 'Dark theme',
          onSelect: () => setTheme(resolvedTheme === 'dark' ? 'light' : 'dark'),
        },
        { kind: 'line', key: 'line-2' },
        { kind: 'item', key: 'leave', label: 'Sign out', onSelect: leave },
      ]}
    />
  );
}
