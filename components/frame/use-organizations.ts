'use client';

import { ORGANIZATIONS_PATH } from '@/components/api/fixed-paths';
import { useApi } from '@/components/api/use-api';
import type { OrganizationDto } from '@/lib/auth/contract';

export function useOrganizations() {
  return useApi<{ readonly items: readonly OrganizationDto[] }>(ORGANIZATIONS_PATH);
}

/** The name of an organisation, its id while the name is not known. */
export function useOrganizationName(): (id: string | null) => string {
  const known = useOrganizations().data?.items;
  return (id) => (id === null ? 'this installation' : (known?.find((org) => org.id === id)?.name ?? id));
}
