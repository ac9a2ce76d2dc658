'use client';

import { ErrorState } from '@/components/ui/state/error-state';

export default function PageError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return (
    <main className="mx-auto max-w-160 p-6">
      <ErrorState doing="cannot draw this page" error={error} onRetry={reset} />
    </main>
  );
}
