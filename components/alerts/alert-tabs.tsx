'use client';

import type { ReactNode } from 'react';
import { PageHead } from '@/components/ui/layout/page-head';
import { Tabs } from '@/components/ui/tabs';
import { describePeriod } from '@/components/url/period';
import { useScope } from '@/components/url/use-scope';
import { useZone } from '@/components/url/use-zone';

const PAGES = [
  { path: '/alerts', word: 'Alerts' },
  { path: '/alerts/rules', word: 'Rules' },
  { path: '/alerts/channels', word: 'Channels' },
  { path: '/alerts/deliveries', word: 'Deliveries' },
  { path: '/alerts/mutes', word: 'Mutes' },
] as const;

/** What was raised, who is told, by which way, and what became of it. */
export function AlertTabs({ children }: { readonly children: ReactNode }) {
  const { pathname, href, period } = useScope();
  const zone = useZone();
  // Rules, channels, deliveries and mutes are as they are now; only the list looks at the period.
  const scope = pathname === '/alerts' ? describePeriod(period, zone) : undefined;
  return (
    <>
      <PageHead title="Alerts" scope={scope} />
      <Tabs
        label="Alerts"
        tabs={PAGES.map((page) => ({
          href: href(page.path),
          label: page.word,
          current: pathname === page.path,
        }))}
      />
      <div className="pt-5">{children}</div>
    </>
  );
}
