import type { ReactNode } from 'react';
import { SettingsTabs } from '@/components/settings/settings-tabs';

export default function SettingsLayout({ children }: { readonly children: ReactNode }) {
  return <SettingsTabs>{children}</SettingsTabs>;
}
