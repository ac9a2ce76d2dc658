import type { ReactNode } from 'react';

/** A named part of a sheet or page: a small heading, a hairline, what stands under it. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="mt-6">
      <h3 className="rule-heading mb-2">{title}</h3>
      {children}
    </section>
  );
}
