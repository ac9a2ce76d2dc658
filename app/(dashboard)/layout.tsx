import type { ReactNode } from 'react';
import { Frame } from '@/components/frame/frame';
import { signedIn } from './person';
import { Prefetched } from './prefetched';
import { frameReads } from './reads';

export default async function DashboardLayout({ children }: { readonly children: ReactNode }) {
  return (
    <Prefetched reads={frameReads(await signedIn())}>
      <Frame>{children}</Frame>
    </Prefetched>
  );
}
