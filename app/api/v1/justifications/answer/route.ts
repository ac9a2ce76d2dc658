import { handle } from '@/app/api/handle';
import { ipOf, refuseForeignOrigin } from '@/app/api/read-request';
import { authSettings } from '@/lib/auth/sign-in/auth-settings';
import { database } from '@/lib/db/process-database';
import { answerSchema, answerTakenSchema } from '@/lib/linking/contract/justifications';
import { answerByLink } from '@/lib/linking/justifications/answer-by-link';

export const POST = handle({
  permission: 'public',
  summary: 'Answer a request for justification with the token of its signed link; once',
  body: answerSchema,
  answer: answerTakenSchema,
  status: 201,
  run({ request, requestId, body }) {
    const { publicUrl, secret } = authSettings();
    refuseForeignOrigin(request, publicUrl);
    const ip = ipOf(request.headers) ?? null;
    return answerByLink(database(), body, { ip, requestId, now: new Date(), secret });
  },
});
