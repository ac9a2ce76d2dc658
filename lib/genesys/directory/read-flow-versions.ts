import { z } from 'zod';
import type { GenesysClient } from '../connect';
import { readPages } from './read-pages';

/** One published version of an Architect flow, as the platform lists it. */
export type FlowVersion = {
  readonly version: string;
  readonly publishedAt: Date | null;
  /** The person who made it; null for one that a client published, as Archy does. */
  readonly byUserId: string | null;
  readonly byClientId: string | null;
  /** Version of the configuration that was checked in; no text of a person. */
  readonly commitVersion: string | null;
};

const reference = z.looseObject({ id: z.string() }).nullish().catch(null);
const instant = z.union([z.number(), z.string()]).nullish().catch(null);
const versionSchema = z.looseObject({
  id: z.string(),
  commitVersion: z.string().nullish().catch(null),
  datePublished: instant,
  dateCheckedIn: instant,
  dateCreated: instant,
  createdBy: reference,
  createdByClient: reference,
});

/** All versions of a flow (`GET /api/v2/flows/{flowId}/versions`). Throws GenesysError. */
export async function readFlowVersions(
  client: GenesysClient,
  flowId: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<FlowVersion[]> {
  const pages = await readPages(client, {
    path: `/api/v2/flows/${encodeURIComponent(flowId)}/versions`,
    query: { pageNumber: 1, pageSize: 100 },
    doing: 'read the versions of a flow',
    ...options,
  });
  return [...pages.items.values()].flatMap((item) => {
    const read = versionSchema.safeParse(item);
    if (!read.success) return [];
    const one = read.data;
    return [
      {
        version: one.id,
        publishedAt: instantOf(one.datePublished ?? one.dateCheckedIn ?? one.dateCreated),
        byUserId: one.createdBy?.id ?? null,
        byClientId: one.createdByClient?.id ?? null,
        commitVersion: one.commitVersion ?? null,
      },
    ];
  });
}

/** The platform writes milliseconds here; text is read all the same. */
function instantOf(value: number | string | null | undefined): Date | null {
  if (value === null || value === undefined) return null;
  const at = new Date(typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value);
  return Number.isNaN(at.getTime()) ? null : at;
}
