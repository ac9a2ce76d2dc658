'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { useMay } from '@/components/frame/use-me';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/overlay/confirm';
import { Menu, type MenuItem } from '@/components/ui/overlay/menu';
import { useNotice } from '@/components/ui/overlay/notices';
import { ErrorState } from '@/components/ui/state/error-state';
import type { ChannelDto } from '@/lib/alerts/contract/deliveries';
import { CHANNELS_PATH } from '../paths';
import { ChannelDialog } from './channel-dialog';
import { TestChannel } from './test-channel';

/** Test, change, pause and remove; what the environment sets can only be tested here. */
export function ChannelActions({ channel }: { readonly channel: ChannelDto }) {
  const may = useMay('alerts.manage');
  const say = useNotice();
  const [asking, setAsking] = useState<'change' | 'remove' | null>(null);
  const path = `${CHANNELS_PATH}/${encodeURIComponent(channel.id)}`;
  const change = useCommand<{ state: 'active' | 'paused' }, ChannelDto>(
    (body) => ({ method: 'PATCH', path, body }),
    {
      onDone: (_, { state }) =>
        say(state === 'paused' ? `Paused ${channel.name}` : `${channel.name} sends again`),
    },
  );
  const remove = useCommand<void, unknown>(() => ({ method: 'DELETE', path }), {
    onDone: () => {
      setAsking(null);
      say(`Removed ${channel.name}`);
    },
  });
  if (!may || channel.kind === 'inbox') return null;
  const paused = channel.state === 'paused';
  const items: readonly MenuItem[] = [
    { kind: 'item', key: 'change', label: 'Change', onSelect: () => setAsking('change') },
    {
      kind: 'item',
      key: 'pause',
      label: paused ? 'Resume' : 'Pause',
      onSelect: () => change.mutate({ state: paused ? 'active' : 'paused' }),
    },
    { kind: 'line', key: 'line' },
    { kind: 'item', key: 'remove', label: 'Remove', onSelect: () => setAsking('remove') },
  ];
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <TestChannel channel={channel} />
      {channel.origin === 'settings' ? (
        <Menu
          align="end"
          trigger={
            <Button size="small" aria-label={`Change, pause or remove ${channel.name}`}>
              More
            </Button>
          }
          items={items}
        />
      ) : null}
      {change.isError ? <ErrorState doing="cannot change the channel" error={change.error} /> : null}
      {asking === 'change' ? <ChannelDialog channel={channel} onClose={() => setAsking(null)} /> : null}
      <Confirm
        open={asking === 'remove'}
        title={`Remove ${channel.name}`}
        act="Remove"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsking(null)}
      >
        Rules that send to it tell nobody by it any more. What was delivered stays listed.
      </Confirm>
    </span>
  );
}
