import { Lock } from 'lucide-react';
import type { ApiError } from '@/components/api/api-error';

/** The role does not allow this, or nobody is signed in; never shown as an empty list. */
export function NotPermitted({ error }: { readonly error: ApiError }) {
  const signedOut = error.status === 401;
  return (
    <div role="alert" className="my-4 flex gap-3 rounded-md border p-4">
      <Lock aria-hidden size={18} className="mt-0.5 shrink-0 text-muted" />
      <div>
        <h2 className="font-medium">
          {signedOut ? 'Your session has ended' : 'Your role does not allow this'}
        </h2>
        <p className="mt-1 text-muted">
          {error.message}
          {error.hint === null ? '' : `. ${error.hint}`}
        </p>
        {signedOut ? (
          <a href="/signin" className="door mt-2 inline-block">
            Sign in
          </a>
        ) : null}
      </div>
    </div>
  );
}
