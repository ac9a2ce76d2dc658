'use client';

import { useApi } from '@/components/api/use-api';
import { sentenceCase } from '@/components/ui/data/format';
import type { DetectionDto } from '@/lib/alerts/contract/rules';
import { DETECTIONS_PATH } from './paths';

export function useDetections() {
  return useApi<{ readonly items: readonly DetectionDto[] }>(DETECTIONS_PATH);
}

/** The title of a detection rule; its id in words while the title is not known. */
export function useDetectionTitle(): (id: string) => string {
  const known = useDetections().data?.items;
  return (id) => known?.find((one) => one.id === id)?.title ?? sentenceCase(id.replaceAll('-', ' '));
}
