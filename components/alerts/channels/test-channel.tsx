'use client';

import { useCommand } from '@/components/api/use-command';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/overlay/dialog';
import { ErrorState } from '@/components/ui/state/error-state';
import type { ChannelDto, DeliveryDto } from '@/lib/alerts/contract/deliveries';
import { DeliveryItem } from '../deliveries/delivery-item';
import { CHANNELS_PATH } from '../paths';

/** Sends a test message now and shows what the receiver said. */
export function TestChannel({ channel }: { readonly channel: ChannelDto }) {
  const test = useCommand<void, DeliveryDto>(() => ({
    method: 'POST',
    path: `${CHANNELS_PATH}/${encodeURIComponent(channel.id)}/test`,
    body: {},
  }));
  return (
    <>
      <Button
        size="small"
        busy={test.isPending}
        disabled={channel.state !== 'active'}
        title={channel.state === 'active' ? undefined : 'It is not in use'}
        onClick={() => test.mutate()}
        aria-label={`Test ${channel.name}`}
      >
        {test.isPending ? 'Testing' : 'Test'}
      </Button>
      <Dialog
        open={test.data !== undefined || test.isError}
        onClose={() => test.reset()}
        title={`Test of ${channel.name}`}
      >
        {test.isError ? <ErrorState doing="cannot send the test" error={test.error} /> : null}
        {test.data === undefined ? null : (
          <ul>
            <DeliveryItem delivery={test.data} within="alert" />
          </ul>
        )}
      </Dialog>
    </>
  );
}
