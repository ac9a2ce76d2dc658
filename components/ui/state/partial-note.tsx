import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** What is shown is true but not whole; says which part is missing. */
export function PartialNote({ children }: { readonly children: ReactNode }) {
  return (
    <div
      role="note"
      className="my-2 flex gap-2 rounded-md border border-late/50 bg-warn-soft px-3 py-2 text-sm"
    >
      <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-late" />
      <div>{children}</div>
    </div>
  );
}
