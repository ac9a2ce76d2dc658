import type { Metadata } from 'next';
import { InboxList } from '@/components/inbox/inbox-list';
import { inboxPath } from '@/components/inbox/paths';
import { toSearchParams } from '@/components/url/page-scope';
import { inboxListSchema } from '@/lib/alerts/contract/alerts';
import { viewInbox } from '@/lib/alerts/views/inbox';
import type { PageProps } from '../page-props';
import { signedIn } from '../person';
import { Prefetched } from '../prefetched';

export const metadata: Metadata = { title: 'Inbox' };

export default async function InboxPage({ searchParams }: PageProps) {
  const viewer = await signedIn();
  const path = inboxPath(toSearchParams(await searchParams));
  return (
    <Prefetched reads={[{ path, answer: (query) => viewInbox(viewer, inboxListSchema.parse(query)) }]}>
      <InboxList />
    </Prefetched>
  );
}
