import type { Metadata } from 'next';
import { MuteList } from '@/components/alerts/mutes/mute-list';

export const metadata: Metadata = { title: 'Mutes' };

export default function MutesPage() {
  return <MuteList />;
}
