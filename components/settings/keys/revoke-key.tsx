'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/overlay/confirm';
import { useNotice } from '@/components/ui/overlay/notices';
import type { ApiKeyDto } from '@/lib/auth/contract';

export function RevokeKey({ apiKey }: { readonly apiKey: ApiKeyDto }) {
  const say = useNotice();
  const [asking, setAsking] = useState(false);
  const revoke = useCommand<void, null>(
    () => ({ method: 'DELETE', path: `/api/v1/api-keys/${encodeURIComponent(apiKey.id)}` }),
    {
      onDone: () => {
        setAsking(false);
        say(`Revoked ${apiKey.name}`);
      },
    },
  );
  if (apiKey.revokedAt !== null) return null;
  return (
    <>
      <Button size="small" look="danger" onClick={() => setAsking(true)} aria-label={`Revoke ${apiKey.name}`}>
        Revoke
      </Button>
      <Confirm
        open={asking}
        title={`Revoke ${apiKey.name}`}
        act="Revoke"
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate()}
        onClose={() => setAsking(false)}
      >
        Whatever uses this key is refused from now on. A revoked key cannot be brought back.
      </Confirm>
    </>
  );
}
