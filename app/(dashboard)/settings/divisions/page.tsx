import type { Metadata } from 'next';
import { DivisionsPage } from '@/components/settings/divisions/divisions-page';

export const metadata: Metadata = { title: 'Divisions' };

export default function DivisionSettingsPage() {
  return <DivisionsPage />;
}
