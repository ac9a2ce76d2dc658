import { z } from 'zod';
import type { GenesysClient } from './connect';
import { badAnswer } from './transport/raw-http-client';

/** The organisation a client belongs to. */
export type Organization = {
  readonly id: string;
  readonly name: string;
  readonly domain: string | null;
  readonly state: string | null;
  /** Feature flags such as `hipaa` and `pci`. */
  readonly features: Readonly<Record<string, boolean>>;
};

const organization = z.looseObject({
  id: z.string().min(1),
  name: z.string().catch(''),
  domain: z.string().nullish(),
  state: z.string().nullish(),
  features: z.record(z.string(), z.boolean()).catch({}),
});

/** Asks the platform which organisation the client belongs to; needs no permission. */
export async function readOrganization(
  client: GenesysClient,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Organization> {
  const doing = 'read the organisation';
  const answer = await client.get('/api/v2/organizations/me', {}, { doing, ...options });
  const read = organization.safeParse(answer.body);
  if (!read.success) throw badAnswer(answer, doing, 'the answer names no organisation');
  const { id, name, domain, state, features } = read.data;
  return { id, name, domain: domain ?? null, state: state ?? null, features };
}
