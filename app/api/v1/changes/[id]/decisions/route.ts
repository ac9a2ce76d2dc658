import { handle } from '@/app/api/handle';
import { database } from '@/lib/db/process-database';
import { env } from '@/lib/env/env';
import {
  changeDecisionsSchema,
  changeIdParams,
  decisionMadeSchema,
  linkDecisionSchema,
} from '@/lib/linking/contract/manual';
import { carryOutDecision, openDecision } from '@/lib/linking/manual/open-decision';
import { viewChangeDecisions } from '@/lib/linking/views/change-decisions';

export const GET = handle({
  permission: 'changes.read',
  summary: 'What people decided about the links of a change, and what its actor was asked',
  params: changeIdParams,
  answer: changeDecisionsSchema,
  run: ({ viewer, params }) => viewChangeDecisions(viewer, params),
});

export const POST = handle({
  permission: 'links.decide',
  summary: 'Attach or strike a link, or take such a decision back; whoever made the change may not',
  params: changeIdParams,
  body: linkDecisionSchema,
  answer: decisionMadeSchema,
  status: 201,
  // Other systems are asked before the transaction begins.
  prepare: ({ viewer, params, body }) =>
    openDecision({ db: database(), env: env() }, { viewer, id: params.id, input: body, now: new Date() }),
  run: ({ tx, by, prepared }) => carryOutDecision(tx.sql, prepared, by),
});
