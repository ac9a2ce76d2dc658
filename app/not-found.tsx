import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/state/empty-state';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main className="mx-auto max-w-160 p-6">
      <EmptyState
        title="There is nothing at this address"
        action={
          <Button asChild>
            <Link href="/overview">Go to the overview</Link>
          </Button>
        }
      >
        The link may be of an older version, or an id may have been cut. Changes can be searched by their id.
      </EmptyState>
    </main>
  );
}
