'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useApi } from '@/components/api/use-api';
import { useMay } from '@/components/frame/use-me';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/layout/panel';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { ChannelDto } from '@/lib/alerts/contract/deliveries';
import { CHANNELS_PATH } from '../paths';
import { ChannelDialog } from './channel-dialog';
import { ChannelItem } from './channel-item';

/** The ways by which somebody is told, whether each works, and what failed last. */
export function ChannelList() {
  const may = useMay('alerts.manage');
  const [adding, setAdding] = useState(false);
  const answer = useApi<{ readonly items: readonly ChannelDto[] }>(CHANNELS_PATH, { live: true });
  return (
    <Panel
      title="Channels"
      aside={
        may ? (
          <Button look="primary" size="small" onClick={() => setAdding(true)}>
            <Plus aria-hidden size={14} /> Add a channel
          </Button>
        ) : undefined
      }
    >
      {answer.isError ? (
        <ErrorState
          doing="cannot show the channels"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      ) : answer.data === undefined ? (
        <SkeletonRows label="Reading the channels" />
      ) : answer.data.items.length === 0 ? (
        <EmptyState title="There is no channel">
          Set SLACK_WEBHOOK_URL, SMTP_URL or SERVICENOW_BASE_URL, or add one here.
        </EmptyState>
      ) : (
        <ul className="divide-y border-y">
          {answer.data.items.map((channel) => (
            <ChannelItem key={channel.id} channel={channel} />
          ))}
        </ul>
      )}
      {adding ? <ChannelDialog channel={undefined} onClose={() => setAdding(false)} /> : null}
    </Panel>
  );
}
