'use client';

import './globals.css';

/** The frame itself failed: stands alone, without providers or fonts of its own. */
export default function GlobalError({ reset }: { readonly error: Error; readonly reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto max-w-160 p-6">
          <h1 className="text-xl font-medium">Cannot draw Tallystick</h1>
          <p className="mt-2 text-muted">
            The page broke before it could be shown. Nothing was changed. Try again; if it stays, the server's
            log has the cause.
          </p>
          <button type="button" onClick={reset} className="mt-4 h-8 rounded-md border px-3">
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
