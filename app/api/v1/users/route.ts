import { handle } from '@/app/api/handle';
import { createdUserSchema, newUserSchema, userListSchema } from '@/lib/auth/contract';
import { addUser, preparePassword } from '@/lib/auth/people/create-user';
import { readUsers, toUserDto } from '@/lib/auth/views/people';

export const GET = handle({
  permission: 'users.read',
  summary: 'People and their roles',
  answer: userListSchema,
  run: ({ viewer }) => readUsers(viewer),
});

export const POST = handle({
  permission: 'users.manage',
  summary: 'Add a person; a password that is made for them is in this answer and nowhere else',
  body: newUserSchema,
  answer: createdUserSchema,
  status: 201,
  async prepare({ body }) {
    const user = {
      ...body,
      orgScope: body.orgScope ?? null,
      password: { kind: kindOf(body.signIn) },
    } as const;
    return { user, password: await preparePassword(user) };
  },
  async run({ tx, by, prepared: { user, password } }) {
    const added = await addUser(tx, user, { password, ...by });
    return { user: toUserDto(added), password: password.generated };
  },
});

function kindOf(signIn: 'invite' | 'password'): 'invite' | 'generate' {
  return signIn === 'invite' ? 'invite' : 'generate';
}
