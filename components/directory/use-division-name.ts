'use client';

import { apiPath } from '@/components/api/api-key';
import { useApi } from '@/components/api/use-api';
import { useMay } from '@/components/frame/use-me';
import type { DirectoryItemDto } from '@/lib/directory/contract';
import type { Page } from '@/lib/kernel/paging';

/** Divisions as the directory has them now. */
export function useDivisions(): readonly DirectoryItemDto[] {
  const may = useMay('directory.read');
  const path = apiPath('/api/v1/directory/division', { limit: 200 });
  return useApi<Page<DirectoryItemDto>>(may ? path : null).data?.items ?? [];
}

/** What a division is called now; its id while that is not known. */
export function useDivisionName(): (id: string) => string {
  const divisions = useDivisions();
  return (id) => divisions.find((one) => one.id === id)?.name ?? id;
}
