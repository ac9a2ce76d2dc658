import type { Metadata } from 'next';
import { ChannelList } from '@/components/alerts/channels/channel-list';

export const metadata: Metadata = { title: 'Channels' };

export default function ChannelsPage() {
  return <ChannelList />;
}
