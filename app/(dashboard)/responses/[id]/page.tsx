import type { Metadata } from 'next';
import { ResponseView } from '@/components/responses/detail/response-view';

export const metadata: Metadata = { title: 'Response' };

type Props = { readonly params: Promise<{ readonly id: string }> };

export default async function OneResponsePage({ params }: Props) {
  return <ResponseView id={decodeURIComponent((await params).id)} />;
}
