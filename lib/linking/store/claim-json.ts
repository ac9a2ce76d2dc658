import { z } from 'zod';
import { TICKET_SYSTEMS } from '@/lib/connectors/model/ticket';
import { type Claim, LINK_REASONS, LINKAGE_ORDER } from '../model/claim';

const instant = z.iso.datetime().transform((text) => new Date(text));

/** Claims as `link_evaluation.claims` holds them. */
const claimsSchema = z.array(
  z.object({
    kind: z.enum([...TICKET_SYSTEMS, 'commit', 'manual', 'window']),
    reference: z.string(),
    status: z.enum(LINKAGE_ORDER),
    reason: z.enum(LINK_REASONS).nullable(),
    reasons: z.array(z.string()),
    foundBy: z.string(),
    confidence: z.number(),
    statusAtChange: z.string().nullable(),
    approvedAt: instant.nullable(),
    approvers: z.array(z.string()),
    window: z.object({ from: instant, to: instant }).nullable(),
    namesTarget: z.boolean().nullable(),
    emergency: z.boolean(),
    review: z.enum(['reviewed', 'unreviewed', 'unknown']).nullable(),
    url: z.string().nullable(),
    title: z.string().nullable(),
  }),
);

/** The claims of a row. Throws where the column does not hold what this room wrote. */
export function claimsOf(json: unknown): Claim[] {
  return claimsSchema.parse(json);
}
