'use client';

import { createContext, useContext } from 'react';

/** The nonce of this response's Content-Security-Policy, for the few components that write a <style> element. */
export const NonceContext = createContext<string | undefined>(undefined);

export function useNonce(): string | undefined {
  return useContext(NonceContext);
}
