'use client';

import type { ReactNode } from 'react';
import { useMe } from '@/components/frame/use-me';
import { PageHead } from '@/components/ui/layout/page-head';
import { Tabs } from '@/components/ui/tabs';
import { useScope } from '@/components/url/use-scope';
import type { Permission } from '@/lib/auth/contract';

const PAGES: readonly { path: string; word: string; permission: Permission }[] = [
  { path: '/settings', word: 'Organisations and sources', permission: 'settings.read' },
  { path: '/settings/people', word: 'People', permission: 'users.read' },
  { path: '/settings/api-keys', word: 'API keys', permission: 'api_keys.read' },
  { path: '/settings/divisions', word: 'Divisions', permission: 'settings.read' },
  { path: '/settings/high-risk', word: 'High-risk changes', permission: 'settings.read' },
  { path: '/settings/change-windows', word: 'Change windows', permission: 'settings.read' },
  { path: '/settings/policy', word: 'Policies', permission: 'settings.read' },
];

/** The pages of Settings that the role may see. */
export function SettingsTabs({ children }: { readonly children: ReactNode }) {
  const { pathname, href } = useScope();
  const me = useMe().data;
  const pages = me === undefined ? PAGES : PAGES.filter((page) => me.permissions.includes(page.permission));
  return (
    <>
      <PageHead title="Settings" />
      <Tabs
        label="Settings"
        tabs={pages.map((page) => ({
          href: href(page.path),
          label: page.word,
          current:
            pathname === page.path || (page.path !== '/settings' && pathname.startsWith(`${page.path}/`)),
        }))}
      />
      <div className="pt-5">{children}</div>
    </>
  );
}
