'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { ShallowLink } from '@/components/url/shallow-link';
import { classes } from './classes';

type Tab = { readonly href: string; readonly label: ReactNode; readonly current: boolean };

type TabsProps = {
  readonly label: string;
  readonly tabs: readonly Tab[];
  /** The tabs are views of this same address, not pages of their own. */
  readonly shallow?: boolean;
};

/** A row of links rather than a widget: each tab has an address, and Back works. */
export function Tabs({ label, tabs, shallow = false }: TabsProps) {
  const Anchor = shallow ? ShallowLink : Link;
  return (
    <nav aria-label={label} className="flex gap-4 overflow-x-auto border-b">
      {tabs.map((tab) => (
        <Anchor
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? 'page' : undefined}
          className={classes(
            '-mb-px border-b-2 px-0.5 py-2 whitespace-nowrap transition-colors',
            tab.current
              ? 'border-accent font-medium text-ink'
              : 'border-transparent text-muted hover:text-ink',
          )}
        >
          {tab.label}
        </Anchor>
      ))}
    </nav>
  );
}
