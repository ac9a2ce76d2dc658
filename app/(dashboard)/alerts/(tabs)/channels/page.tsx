import type { Metadata } from 'next';
import { ChannelList } from '@/components/alerts/channels/channel-list';
import { CHANNELS_PATH } from '@/components/alerts/paths';
import { viewChannels } from '@/lib/alerts/views/channels';
import { signedIn } from '../../../person';
import { Prefetched } from '../../../prefetched';

export const metadata: Metadata = { title: 'Channels' };

export default async function ChannelsPage() {
  const viewer = await signedIn();
  return (
    <Prefetched reads={[{ path: CHANNELS_PATH, answer: () => viewChannels(viewer, {}) }]}>
      <ChannelList />
    </Prefetched>
  );
}
