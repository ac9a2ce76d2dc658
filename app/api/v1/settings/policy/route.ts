import { handle } from '@/app/api/handle';
import { policyAppliedSchema } from '@/lib/auth/contract';
import { applyPolicy } from '@/lib/auth/settings/apply-policy';
import { policySchema } from '@/lib/auth/settings/policy';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sha256Hex } from '@/lib/kernel/hash';

export const PUT = handle({
  permission: 'settings.write',
  summary: 'Apply a policy: each part that is given holds from now on, the others stay',
  body: policySchema,
  answer: policyAppliedSchema,
  async run({ tx, by, body }) {
    const sha256 = sha256Hex(canonicalJson(body));
    const { changed } = await applyPolicy(
      tx.sql,
      { policy: body, orgId: null, origin: 'person', sha256 },
      by,
    );
    return { changed: [...changed] };
  },
});
