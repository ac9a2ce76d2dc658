import platformClient from 'purecloud-platform-client-v2';
import { z } from 'zod';
import type { GenesysClient } from '../connect';
import { GenesysError } from '../model/errors';
import { type Movable, movableOf } from '../model/movable';
import { badAnswer } from '../transport/raw-http-client';
import { type ActOptions, type ActResult, bringAbout } from './act';

/** Something that lives in a division. */
export type ObjectNow = { readonly id: string; readonly name: string | null; readonly divisionId: string };

const object = z.looseObject({
  id: z.string().min(1),
  name: z.string().nullish(),
  division: z.looseObject({ id: z.string().min(1) }),
});

/** The object as the platform has it now. Throws `bad_configuration` for a type that cannot be moved from here, and `not_found`. */
export async function readObject(
  client: GenesysClient,
  of: { readonly type: string; readonly id: string },
  options: ActOptions = {},
): Promise<ObjectNow> {
  const doing = `read the division of the ${of.type}`;
  const path = known(of.type, doing).path.replace('{id}', encodeURIComponent(of.id));
  const answer = await client.get(path, {}, { doing, ...options });
  const read = object.safeParse(answer.body);
  if (!read.success) throw badAnswer(answer, doing, 'the answer names no division');
  return { id: read.data.id, name: read.data.name ?? null, divisionId: read.data.division.id };
}

/** Moves an object from one division to another; one that is somewhere else by now is left there. */
export async function moveObject(
  client: GenesysClient,
  move: { readonly type: string; readonly id: string; readonly from: string; readonly to: string },
  options: ActOptions = {},
): Promise<ActResult<ObjectNow>> {
  const doing = `move the ${move.type}`;
  const { objectType } = known(move.type, doing);
  return bringAbout(
    client,
    {
      doing,
      read: () => readObject(client, move, options),
      isSo: (now) => now.divisionId === move.to,
      refuses: (now) =>
        now.divisionId === move.from ? null : 'it was moved to yet another division meanwhile',
      send: () => (sdk) =>
        new platformClient.AuthorizationApi(sdk).postAuthorizationDivisionObject(move.to, objectType, [
          move.id,
        ]),
      provenBy: 'state',
    },
    options,
  );
}

function known(type: string, doing: string): Movable {
  const movable = movableOf(type);
  if (movable !== null) return movable;
  throw new GenesysError({
    code: 'bad_configuration',
    message: `cannot ${doing}: this product does not know how to move it`,
  });
}
