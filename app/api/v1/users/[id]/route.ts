import { handle } from '@/app/api/handle';
import { idParams, userChangeSchema, userSchema } from '@/lib/auth/contract';
import { changeUser } from '@/lib/auth/people/change-user';
import { toUserDto } from '@/lib/auth/views/people';

export const PATCH = handle({
  permission: 'users.manage',
  summary: 'Change role, organisations or state of a person; their sessions end',
  params: idParams,
  body: userChangeSchema,
  answer: userSchema,
  run: async ({ tx, by, params, body }) =>
    toUserDto(await changeUser(tx.sql, { userId: params.id, ...body }, by)),
});
