'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/overlay/confirm';
import { useNotice } from '@/components/ui/overlay/notices';
import type { AlertRuleDto } from '@/lib/alerts/contract/rules';
import { RULES_PATH } from '../paths';

/** Takes a rule of one's own away; those that come with the product can only be switched off. */
export function RemoveRule({ rule, onDone }: { readonly rule: AlertRuleDto; readonly onDone: () => void }) {
  const say = useNotice();
  const [asking, setAsking] = useState(false);
  const remove = useCommand<void, unknown>(
    () => ({ method: 'DELETE', path: `${RULES_PATH}/${encodeURIComponent(rule.id)}` }),
    {
      onDone: () => {
        say(`Removed ${rule.name}`);
        onDone();
      },
    },
  );
  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        Remove
      </Button>
      <Confirm
        open={asking}
        title={`Remove ${rule.name}`}
        act="Remove"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsking(false)}
      >
        Nobody is told by it any more. What it sent stays listed, and the journal keeps what it said.
      </Confirm>
    </>
  );
}
