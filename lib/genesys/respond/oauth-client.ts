import platformClient from 'purecloud-platform-client-v2';
import { z } from 'zod';
import type { GenesysClient } from '../connect';
import { GenesysError } from '../model/errors';
import { redactSecrets } from '../model/redact-secrets';
import { badAnswer } from '../transport/raw-http-client';
import { type ActOptions, type ActResult, bringAbout } from './act';

export type ClientState = 'active' | 'disabled';

/** An OAuth client as far as responses read one: all that has to be sent back with a change, and never its secret. */
export type ClientNow = z.output<typeof clientRequest> & { readonly id: string };

/**
 * What a change must send back, or it is lost: the platform keeps no version of a client, the last writer wins. A secret is
 * not in the list, so none that an answer holds is ever kept or sent.
 */
const clientRequest = z.object({
  name: z.string(),
  authorizedGrantType: z.string(),
  state: z.string().default('active'),
  description: z.string().optional(),
  accessTokenValiditySeconds: z.number().optional(),
  registeredRedirectUri: z.array(z.string()).optional(),
  scope: z.array(z.string()).optional(),
  roleIds: z.array(z.string()).optional(),
  roleDivisions: z.array(z.object({ roleId: z.string(), divisionId: z.string() })).optional(),
  dateToDelete: z.string().optional(),
});
const named = z.object({ id: z.string().min(1) });

/** The client as the platform has it now. Throws `not_found`. */
export async function readClient(
  client: GenesysClient,
  clientId: string,
  options: ActOptions = {},
): Promise<ClientNow> {
  const doing = 'read the OAuth client';
  const answer = await client.call({ doing, ...options }, (sdk) =>
    new platformClient.OAuthApi(sdk).getOauthClient(clientId),
  );
  const body = redactSecrets(withoutNulls(answer.body));
  const request = clientRequest.safeParse(body);
  const identity = named.safeParse(body);
  if (!request.success || !identity.success) throw badAnswer(answer, doing, 'the answer is no OAuth client');
  return { ...request.data, ...identity.data };
}

/**
 * Disables an OAuth client: its tokens die at once and none is issued. `active` gives it back. Throws `bad_configuration` for
 * our own client: nobody could enable it again from here.
 */
export async function setClientState(
  client: GenesysClient,
  to: { readonly clientId: string; readonly state: ClientState },
  options: ActOptions = {},
): Promise<ActResult<ClientNow>> {
  const doing = to.state === 'disabled' ? 'disable the OAuth client' : 'enable the OAuth client';
  if (to.clientId.toLowerCase() === client.clientId.toLowerCase())
    throw new GenesysError({
      code: 'bad_configuration',
      message: `cannot ${doing}: it is the one this product uses`,
    });
  return bringAbout(
    client,
    {
      doing,
      read: () => readClient(client, to.clientId, options),
      isSo: (now) => now.state === to.state,
      refuses: (now) =>
        now.state === (to.state === 'disabled' ? 'active' : 'disabled') ? null : `the client is ${now.state}`,
      send: (now) => (sdk) => {
        const { id: _, ...request } = now;
        return new platformClient.OAuthApi(sdk).putOauthClient(to.clientId, { ...request, state: to.state });
      },
      provenBy: 'state',
    },
    options,
  );
}

/** The platform writes null for what is not set; sent back it would be refused or taken as a value. */
function withoutNulls(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}
