import type { ReactNode } from 'react';
import { AlertTabs } from '@/components/alerts/alert-tabs';

export default function AlertsLayout({ children }: { readonly children: ReactNode }) {
  return <AlertTabs>{children}</AlertTabs>;
}
