import type { ReactNode } from 'react';

type PageHeadProps = {
  readonly title: ReactNode;
  /** Scope and period in words, so that a picture of the page explains itself. */
  readonly scope?: ReactNode;
  readonly children?: ReactNode;
};

export function PageHead({ title, scope, children }: PageHeadProps) {
  return (
    <div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
      <div className="min-w-0">
        <h1 className="font-serif text-2xl">{title}</h1>
        {scope === undefined ? null : <p className="mt-0.5 text-muted">{scope}</p>}
      </div>
      {children}
    </div>
  );
}
