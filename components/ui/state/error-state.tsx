'use client';

import { ApiError } from '@/components/api/api-error';
import { Button } from '@/components/ui/button';
import { NotPermitted } from './not-permitted';

type ErrorStateProps = {
  /** What was being done: `cannot show the changes`. Used when the error has no sentence of its own. */
  readonly doing: string;
  readonly error: Error;
  readonly onRetry?: () => void;
};

/** What failed, why, and what to do; a refusal is its own picture. */
export function ErrorState({ doing, error, onRetry }: ErrorStateProps) {
  if (error instanceof ApiError && (error.status === 403 || error.status === 401)) {
    return <NotPermitted error={error} />;
  }
  const hint = error instanceof ApiError ? error.hint : null;
  const requestId = error instanceof ApiError && error.status >= 500 ? error.requestId : null;
  return (
    <div role="alert" className="my-4 rounded-md border border-unlinked/50 bg-bad-soft p-4">
      <h2 className="font-medium text-unlinked">{doing.charAt(0).toUpperCase() + doing.slice(1)}</h2>
      <p className="mt-1">{error.message}</p>
      {hint === null ? null : <p className="mt-1 text-muted">{hint}</p>}
      {requestId === null ? null : (
        <p className="mt-1 text-sm text-muted">
          Request <span className="font-mono">{requestId}</span>
        </p>
      )}
      {onRetry === undefined ? null : (
        <Button className="mt-3" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
