import type { Metadata } from 'next';
import { AlertPage } from '@/components/alerts/detail/alert-page';

export const metadata: Metadata = { title: 'Alert' };

type Props = { readonly params: Promise<{ readonly id: string }> };

export default async function OneAlertPage({ params }: Props) {
  return <AlertPage id={decodeURIComponent((await params).id)} />;
}
