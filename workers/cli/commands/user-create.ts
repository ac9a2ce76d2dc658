import { createUser, type NewUser } from '@/lib/auth/people/create-user';
import { ROLES, type Role } from '@/lib/kernel/words';
import { withProduct } from '../../wiring/product';
import { type Command, type CommandCall, optionalText, requiredOption, UsageError } from '../command';
import { operatorActor } from '../operator';

export const userCreate: Command = {
  name: 'user create',
  usage: 'user create --email <address> --name <name> --role <role> [--password <password> | --invite]',
  summary:
    'Adds a person; without a password one is made and shown once, with --invite they sign in through OpenID.',
  options: {
    email: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string' },
    password: { type: 'string' },
    invite: { type: 'boolean' },
  },
  async run(call) {
    const wanted: NewUser = {
      email: requiredOption(call, 'email'),
      name: requiredOption(call, 'name'),
      role: roleOption(call),
      password: passwordOption(call),
    };
    const { user, password } = await withProduct(
      'cli',
      ({ db }) => createUser(db, wanted, operatorActor()),
      call.progress,
    );
    const shown = password === null ? '' : `\nPassword, shown this once: ${password}`;
    return {
      json: { id: user.id, email: user.email, role: user.role, ...(password === null ? {} : { password }) },
      text: `${user.name} (${user.email}) is ${user.role}.${shown}`,
    };
  },
};

/** The role of `--role`. Throws a UsageError that lists them. */
export function roleOption(call: CommandCall): Role {
  const asked = requiredOption(call, 'role');
  const role = ROLES.find((one) => one === asked);
  if (role === undefined) throw new UsageError(`--role is none of ${ROLES.join(', ')}`);
  return role;
}

function passwordOption(call: CommandCall): NewUser['password'] {
  const given = optionalText(call, 'password');
  if (given !== undefined && call.values.invite === true)
    throw new UsageError('--password and --invite exclude each other');
  if (given !== undefined) return { kind: 'given', value: given };
  return call.values.invite === true ? { kind: 'invite' } : { kind: 'generate' };
}
