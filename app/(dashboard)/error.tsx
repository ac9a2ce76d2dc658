'use client';

import { ErrorState } from '@/components/ui/state/error-state';

export default function DashboardError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return <ErrorState doing="cannot draw this page" error={error} onRetry={reset} />;
}
