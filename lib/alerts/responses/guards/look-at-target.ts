import type { GenesysClient } from '@/lib/genesys/connect';
import { GenesysError } from '@/lib/genesys/model/errors';
import { type PermissionPolicy, permits } from '@/lib/genesys/model/permissions';
import { readObject } from '@/lib/genesys/respond/division-object';
import { readClient } from '@/lib/genesys/respond/oauth-client';
import { readUser } from '@/lib/genesys/respond/user';
import { type Evaluated, known, notEvaluated } from '@/lib/kernel/outcome';
import { divisionsOf } from '../../model/response/plan-steps';
import { calledName, type Intent } from '../../model/response/response';
import { shownState } from './shown-state';

/** What the platform says of the target right now. */
export type Sight = {
  /** Null: what was found still stands; else why it does not. */
  readonly changedSince: Evaluated<string | null>;
  /** As read, for the dry run; null where it was not read. */
  readonly state: Readonly<Record<string, unknown>> | null;
};

/** Reads the target and says whether what was found still stands. Throws `aborted` only. */
export async function lookAtTarget(
  genesys: GenesysClient,
  intent: Intent,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Sight> {
  const name = calledName(intent.target);
  try {
    return await LOOKS[intent.kind](genesys, intent, { name, ...options });
  } catch (thrown) {
    if (!(thrown instanceof GenesysError) || thrown.code === 'aborted') throw thrown;
    if (thrown.code === 'not_found') return seen(`${name} does not exist any more.`, null);
    // A type of object that we cannot move is a lasting refusal, not a reading that failed.
    if (thrown.code === 'bad_configuration') return seen(`${thrown.message}.`, null);
    return { changedSince: notEvaluated(thrown.message), state: null };
  }
}

type Look = (
  genesys: GenesysClient,
  intent: Intent,
  by: { readonly name: string; readonly signal?: AbortSignal },
) => Promise<Sight>;

const LOOKS: Readonly<Record<Intent['kind'], Look>> = {
  async deactivate_user(genesys, intent, { name, ...options }) {
    const user = await readUser(genesys, intent.target.id, options);
    const wanted = intent.undoOf === null ? 'active' : 'inactive';
    const elsewhere =
      intent.undoOf === null && intent.divisionFrom !== null && user.divisionId !== intent.divisionFrom;
    const because =
      user.state !== wanted
        ? `${name} is ${user.state} already.`
        : elsewhere
          ? `${name} is in another division by now.`
          : null;
    return seen(because, user);
  },
  async move_back(genesys, intent, { name, ...options }) {
    const { from, to } = divisionsOf(intent);
    if (from === '' || to === '') return seen('It is not known from where it was moved.', null);
    const object = await readObject(genesys, intent.target, options);
    const because =
      object.divisionId === from
        ? null
        : object.divisionId === to
          ? `${name} was moved there already.`
          : `${name} is in yet another division by now.`;
    return seen(because, object);
  },
  async disable_client(genesys, intent, { name, ...options }) {
    const client = await readClient(genesys, intent.target.id, options);
    const wanted = intent.undoOf === null ? 'active' : 'disabled';
    return seen(client.state === wanted ? null : `${name} is ${client.state} already.`, client);
  },
};

function seen(because: string | null, state: object | null): Sight {
  return { changedSince: known(because), state: state === null ? null : shownState(state) };
}

/** What our client must be allowed for each kind. Source: contract 7. */
const NEEDED: Readonly<Record<Intent['kind'], readonly string[]>> = {
  deactivate_user: ['directory:user:view', 'directory:user:edit', 'oauth:token:delete'],
  disable_client: ['oauth:client:view', 'oauth:client:edit'],
  move_back: ['authorization:division:edit'],
};

/** What our client lacks for a response. Which permission moving objects needs is not documented, so lacking ours proves nothing. */
export function lackingFor(
  intent: Intent,
  held: Evaluated<readonly PermissionPolicy[]>,
): Evaluated<readonly string[]> {
  if (held.kind === 'not_evaluated') return held;
  const lacking = NEEDED[intent.kind].filter((permission) => !permits(held.value, permission));
  if (intent.kind === 'move_back' && lacking.length > 0)
    return notEvaluated(`it lacks ${lacking.join(', ')}, and the platform may ask for another permission`);
  return known(lacking);
}
