import type { Metadata } from 'next';
import { JournalList } from '@/components/journal/journal-list';
import { journalPath } from '@/components/journal/journal-path';
import { readScope, toSearchParams } from '@/components/url/page-scope';
import { journalQuerySchema } from '@/lib/journal/contract';
import { readJournal } from '@/lib/journal/views';
import type { PageProps } from '../page-props';
import { signedIn } from '../person';
import { Prefetched } from '../prefetched';

export const metadata: Metadata = { title: 'Journal' };

export default async function JournalPage({ searchParams }: PageProps) {
  const viewer = await signedIn();
  const params = toSearchParams(await searchParams);
  const scope = readScope(params, new Date());
  return (
    <Prefetched
      reads={[
        {
          path: journalPath(scope, params),
          answer: (query) => readJournal(viewer, journalQuerySchema.parse(query)),
        },
      ]}
    >
      <JournalList />
    </Prefetched>
  );
}
