'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { ThemeProvider } from 'next-themes';
import { Tooltip } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { makeQueryClient } from '@/components/api/query-client';
import { Notices } from '@/components/ui/overlay/notices';
import { NonceContext } from './nonce';

/** What every page needs around it: the query cache, the theme, the style nonce and the place for notices. */
export function Providers({
  nonce,
  children,
}: {
  readonly nonce: string | undefined;
  readonly children: ReactNode;
}) {
  const [client] = useState(makeQueryClient);
  // Dialogs, menus and selects write one <style> element to lock scrolling; it needs the nonce before they open.
  if (nonce !== undefined && typeof window !== 'undefined') setNonce(nonce);
  return (
    <NonceContext value={nonce}>
      <ThemeProvider
        attribute="class"
        defaultTheme="system"
        enableSystem
        disableTransitionOnChange
        {...(nonce === undefined ? {} : { nonce })}
      >
        <QueryClientProvider client={client}>
          <Tooltip.Provider delayDuration={250}>
            <Notices>{children}</Notices>
          </Tooltip.Provider>
        </QueryClientProvider>
      </ThemeProvider>
    </NonceContext>
  );
}
