import { z } from 'zod';
import { type Evaluated, known, notEvaluated } from '@/lib/kernel/outcome';
import type { Answer, GenesysClient } from './connect';
import { type LicenceTier, licenceTier } from './model/licence-tier';
import { ask, mustBeOurs } from './permission-probes';

const licensedUsers = z.looseObject({
  entities: z.array(z.looseObject({ licenses: z.array(z.unknown()).default([]) })),
});
const definitions = z.array(z.looseObject({ id: z.string(), description: z.string().nullish() }));

/** The product tier by the licences people hold, else by the licences the organisation defines. `users` is the answer of `/license/users`. */
export async function readLicence(
  client: GenesysClient,
  users: Answer | undefined,
  options: { readonly licencePattern?: RegExp; readonly signal?: AbortSignal },
): Promise<Evaluated<LicenceTier>> {
  const names = new Set<string>();
  const read = licensedUsers.safeParse(users?.body);
  if (read.success)
    for (const { licenses } of read.data.entities) for (const one of licenses) names.add(nameOfLicence(one));
  names.delete('');
  if (names.size > 0) return judge([...names], options.licencePattern);
  try {
    const answer = await ask(client, '/api/v2/license/definitions', {}, options.signal);
    const listed = definitions.safeParse(answer.body);
    if (!listed.success || listed.data.length === 0)
      return notEvaluated('the organisation lists no licences');
    const defined = listed.data.map(({ id, description }) => `${id} ${description ?? ''}`.trim());
    return judge(defined, options.licencePattern);
  } catch (thrown) {
    return notEvaluated(mustBeOurs(thrown).message);
  }
}

function judge(names: readonly string[], pattern: RegExp | undefined): Evaluated<LicenceTier> {
  const tier = licenceTier(names, pattern);
  return tier ? known(tier) : notEvaluated('no licence is named like a Genesys Cloud CX product');
}

function nameOfLicence(licence: unknown): string {
  if (typeof licence === 'string') return licence;
  if (licence === null || typeof licence !== 'object') return '';
  const id = 'id' in licence && typeof licence.id === 'string' ? licence.id : '';
  const description =
    'description' in licence && typeof licence.description === 'string' ? licence.description : '';
  return `${id} ${description}`.trim();
}
