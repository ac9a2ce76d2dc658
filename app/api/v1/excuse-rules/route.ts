import { handle } from '@/app/api/handle';
import { excuseMadeSchema, excuseProposalSchema, excuseRulesSchema } from '@/lib/linking/contract/excuses';
import { proposeExcuse } from '@/lib/linking/excuses/decide-excuse';
import { previewExcuse, viewExcuseRules } from '@/lib/linking/views/excuses';

export const GET = handle({
  permission: 'settings.read',
  summary: 'Rules by which changes need no authorisation, with how many each excuses',
  answer: excuseRulesSchema,
  run: ({ viewer }) => viewExcuseRules(viewer, {}),
});

export const POST = handle({
  permission: 'excuses.manage',
  summary: 'Propose a rule by which changes need no authorisation; another person approves it',
  body: excuseProposalSchema,
  answer: excuseMadeSchema,
  status: 201,
  async run({ tx, by, viewer, body }) {
    const { title: _title, reason: _reason, replaces: _replaces, ...input } = body;
    const preview = await previewExcuse(tx.sql, { orgIds: viewer.orgIds, input, now: by.now });
    return proposeExcuse(tx.sql, { orgIds: viewer.orgIds, proposal: body, preview }, by);
  },
});
