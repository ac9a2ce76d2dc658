import { createApiKey } from '@/lib/auth/keys/api-keys';
import { parseInstant } from '@/lib/kernel/instant';
import { withProduct } from '../../wiring/product';
import { type Command, optionalText, UsageError } from '../command';
import { operatorActor } from '../operator';
import { roleOption } from './user-create';

export const apiKeyCreate: Command = {
  name: 'api-key create',
  usage: 'api-key create --role <role> [--name <name>] [--org <id,…>] [--expires <instant>]',
  summary: 'Makes an API key; it is shown this once.',
  options: {
    role: { type: 'string' },
    name: { type: 'string' },
    org: { type: 'string' },
    expires: { type: 'string' },
  },
  async run(call) {
    const role = roleOption(call);
    const expires = optionalText(call, 'expires');
    const expiresAt = expires === undefined ? null : parseInstant(expires);
    if (expires !== undefined && expiresAt === null)
      throw new UsageError('--expires is no instant such as 2027-01-01T00:00:00Z');
    const orgScope =
      optionalText(call, 'org')
        ?.split(',')
        .map((id) => id.trim()) ?? null;
    const name = optionalText(call, 'name') ?? `${role} key`;
    const { id, key } = await withProduct(
      'cli',
      ({ db }) =>
        db.transaction((sql) =>
          createApiKey(sql, { name, role, orgScope, expiresAt }, { actor: operatorActor(), now: new Date() }),
        ),
      call.progress,
    );
    return { json: { id, key }, text: `${id}\nKey, shown this once: ${key}` };
  },
};
