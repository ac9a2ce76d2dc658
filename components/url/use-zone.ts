'use client';

import { useSearchParams } from 'next/navigation';
import { isZone, UTC } from '@/components/ui/data/format-time';

/** The zone that instants are shown in: `zone` of the address, else UTC. */
export function readZone(params: URLSearchParams): string {
  const zone = params.get('zone');
  return zone !== null && isZone(zone) ? zone : UTC;
}

export function useZone(): string {
  return readZone(useSearchParams());
}
