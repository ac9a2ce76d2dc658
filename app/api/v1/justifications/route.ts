import { handle } from '@/app/api/handle';
import { deliverDueJob } from '@/lib/alerts/jobs';
import { planRequestMail } from '@/lib/alerts/justifications/plan-request-mail';
import { messageOf } from '@/lib/kernel/errors';
import { askSchema, requestListSchema, requestPageSchema } from '@/lib/linking/contract/justifications';
import { requestSchema } from '@/lib/linking/contract/manual';
import { askJustification } from '@/lib/linking/justifications/ask-justification';
import { viewJustifications } from '@/lib/linking/views/justifications';
import { requestDtos } from '@/lib/linking/views/request-dto';
import { log } from '@/lib/log/log';
import { enqueue } from '@/lib/queue/enqueue';

export const GET = handle({
  permission: 'justifications.read',
  summary: 'Requests for justification, newest first',
  query: requestListSchema,
  answer: requestPageSchema,
  run: ({ viewer, query }) => viewJustifications(viewer, query),
});

export const POST = handle({
  permission: 'links.decide',
  summary: 'Ask whoever made changes why; they answer by a signed link without an account',
  body: askSchema,
  answer: requestSchema,
  status: 201,
  async run({ tx, by, viewer, body, afterCommit }) {
    const request = await askJustification(tx.sql, { orgIds: viewer.orgIds, input: body }, by);
    await planRequestMail(tx.sql, request, { kind: 'ask', now: by.now });
    afterCommit(async () => {
      try {
        await enqueue(deliverDueJob, {}, { onceKey: 'now' });
      } catch (error) {
        log.warn({ reason: messageOf(error) }, 'a request waits for the sweep of deliveries');
      }
    });
    const [dto] = await requestDtos(tx.sql, [request], by.now);
    return dto;
  },
});
