import type { Metadata } from 'next';
import { ResponseList } from '@/components/responses/response-list';

export const metadata: Metadata = { title: 'Responses' };

export default function ResponsesPage() {
  return <ResponseList />;
}
