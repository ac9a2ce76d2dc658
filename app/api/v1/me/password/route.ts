import { handle } from '@/app/api/handle';
import { passwordChangeSchema } from '@/lib/auth/contract';
import { prepareNewPassword, setPassword } from '@/lib/auth/people/change-password';
import { database } from '@/lib/db/process-database';
import { requestError } from '@/lib/kernel/errors';

export const PUT = handle({
  permission: 'self.write',
  summary: 'Change your own password; your other sessions end',
  body: passwordChangeSchema,
  async prepare({ viewer, body }) {
    if (viewer.kind !== 'person')
      throw requestError('forbidden', 'cannot change the password: a key has none');
    const change = { userId: viewer.id, ...body, sessionId: viewer.sessionId ?? null, now: new Date() };
    return { ...change, hash: await prepareNewPassword(database(), change) };
  },
  run: ({ tx, by, prepared }) => setPassword(tx.sql, { ...prepared, actor: by.actor }),
});
