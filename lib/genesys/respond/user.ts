import platformClient from 'purecloud-platform-client-v2';
import { z } from 'zod';
import type { GenesysClient } from '../connect';
import { badAnswer } from '../transport/raw-http-client';
import { type ActOptions, type ActResult, attempt, bringAbout } from './act';

/** A user as far as responses read one. */
export type UserNow = {
  readonly id: string;
  readonly name: string | null;
  readonly state: string;
  readonly version: number;
  readonly divisionId: string | null;
  /** When a token was last issued, as the platform tells it; null where it tells none. */
  readonly lastTokenIssuedAt: string | null;
};

const user = z.looseObject({
  id: z.string().min(1),
  name: z.string().nullish(),
  state: z.string().min(1),
  version: z.int(),
  division: z.looseObject({ id: z.string().min(1) }).nullish(),
  lastTokenIssued: z.looseObject({ dateIssued: z.string().nullish() }).nullish(),
});

/** The user as the platform has it now. Throws `not_found` for one that was deleted. */
export async function readUser(
  client: GenesysClient,
  userId: string,
  options: ActOptions = {},
): Promise<UserNow> {
  const doing = 'read the user';
  const answer = await client.call({ doing, ...options }, (sdk) =>
    new platformClient.UsersApi(sdk).getUser(userId, { expand: ['lasttokenissued'] }),
  );
  const read = user.safeParse(answer.body);
  if (!read.success) throw badAnswer(answer, doing, 'the answer is no user');
  const { id, name, state, version, division, lastTokenIssued } = read.data;
  return {
    id,
    name: name ?? null,
    state,
    version,
    divisionId: division?.id ?? null,
    lastTokenIssuedAt: lastTokenIssued?.dateIssued ?? null,
  };
}

/** Makes a user inactive, against the version just read; nothing but the state is sent, since nothing else would be applied. */
export function deactivateUser(
  client: GenesysClient,
  { userId }: { readonly userId: string },
  options: ActOptions = {},
): Promise<ActResult<UserNow>> {
  return setUserState(
    client,
    { userId, state: 'inactive', from: 'active', doing: 'deactivate the user' },
    options,
  );
}

/** Makes a user active again who was made inactive. A deleted one is left alone. */
export function reactivateUser(
  client: GenesysClient,
  { userId }: { readonly userId: string },
  options: ActOptions = {},
): Promise<ActResult<UserNow>> {
  return setUserState(
    client,
    { userId, state: 'active', from: 'inactive', doing: 'reactivate the user' },
    options,
  );
}

function setUserState(
  client: GenesysClient,
  to: { userId: string; state: 'active' | 'inactive'; from: string; doing: string },
  options: ActOptions,
): Promise<ActResult<UserNow>> {
  return bringAbout(
    client,
    {
      doing: to.doing,
      read: () => readUser(client, to.userId, options),
      isSo: (now) => now.state === to.state,
      refuses: (now) => (now.state === to.from ? null : `the user is ${now.state}`),
      send: (now) => (sdk) =>
        new platformClient.UsersApi(sdk).patchUser(to.userId, { version: now.version, state: to.state }),
      provenBy: 'state',
    },
    options,
  );
}

/** How the tokens of a user were ended; `endedAt` is the platform's clock, to hold later tokens against. */
export type TokensEnded = ActResult<UserNow> & { readonly endedAt: Date | null };

/**
 * Ends every token of a user. Deactivating is not documented to do so. Sent even where no token is shown: the platform tells
 * of tokens on a best effort; ending none does no harm.
 */
export async function revokeTokens(
  client: GenesysClient,
  { userId }: { readonly userId: string },
  options: ActOptions = {},
): Promise<TokensEnded> {
  const result = await bringAbout(
    client,
    {
      doing: 'end the tokens of the user',
      read: () => readUser(client, userId, options),
      isSo: (now, before) => before.lastTokenIssuedAt !== null && now.lastTokenIssuedAt === null,
      send: () => (sdk) => new platformClient.TokensApi(sdk).deleteToken(userId),
      provenBy: 'answer',
    },
    options,
  );
  const sent = result.outcome === 'done' ? result.calls.at(-1) : undefined;
  return { ...result, endedAt: sent?.answeredAt ?? sent?.sentAt ?? null };
}

/** What a proof found: `failed` says what does not hold, `unknown` that it could not be read. */
export type Proof<State> = {
  readonly outcome: 'done' | 'failed' | 'unknown';
  readonly after: State | null;
  readonly because: string | null;
};

/** Seconds that our clock and the platform's may differ before a token counts as newer than its end. */
const CLOCK_TOLERANCE_MS = 5_000;

/** Reads back that a user is inactive and was given no token after an instant. */
export async function verifyLockedOut(
  client: GenesysClient,
  { userId, tokensEndedAt }: { readonly userId: string; readonly tokensEndedAt: Date | null },
  options: ActOptions = {},
): Promise<Proof<UserNow>> {
  const read = await attempt(() => readUser(client, userId, options));
  if (!read.ok) return { outcome: 'unknown', after: null, because: read.error.message };
  const after = read.value;
  if (after.state !== 'inactive')
    return { outcome: 'failed', after, because: `the user is ${after.state} again` };
  const issued = after.lastTokenIssuedAt === null ? Number.NaN : Date.parse(after.lastTokenIssuedAt);
  if (tokensEndedAt !== null && issued > tokensEndedAt.getTime() + CLOCK_TOLERANCE_MS)
    return {
      outcome: 'failed',
      after,
      because: `a token was issued at ${after.lastTokenIssuedAt}, after they were ended`,
    };
  return { outcome: 'done', after, because: null };
}

/** Reads back that a user is active. */
export async function verifyActive(
  client: GenesysClient,
  { userId }: { readonly userId: string },
  options: ActOptions = {},
): Promise<Proof<UserNow>> {
  const read = await attempt(() => readUser(client, userId, options));
  if (!read.ok) return { outcome: 'unknown', after: null, because: read.error.message };
  const after = read.value;
  return after.state === 'active'
    ? { outcome: 'done', after, because: null }
    : { outcome: 'failed', after, because: `the user is ${after.state}` };
}
