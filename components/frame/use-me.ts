'use client';

import { ME_PATH } from '@/components/api/fixed-paths';
import { useApi } from '@/components/api/use-api';
import type { MeDto, Permission } from '@/lib/auth/contract';

export function useMe() {
  return useApi<MeDto>(ME_PATH);
}

/** Whether the person may do it, as far as the browser knows; the server decides in any case. False until it is known. */
export function useMay(permission: Permission): boolean {
  return useMe().data?.permissions.includes(permission) ?? false;
}
