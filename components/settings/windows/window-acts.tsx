'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { useMay } from '@/components/frame/use-me';
import { Button } from '@/components/ui/button';
import { useNotice } from '@/components/ui/overlay/notices';
import { ReasonDialog } from '@/components/ui/overlay/reason-dialog';
import type { WindowDto } from '@/lib/directory/contract/windows';
import { windowPath } from '../settings-paths';
import { WindowDialog } from './window-dialog';

/** What may be done with a window by whoever may; nothing with one that is said elsewhere. */
export function WindowActs({ window }: { readonly window: WindowDto }) {
  const may = useMay('windows.manage');
  const say = useNotice();
  const [doing, setDoing] = useState<'change' | 'withdraw' | null>(null);
  const withdraw = useCommand<string, WindowDto>(
    (reason) => ({ method: 'POST', path: `${windowPath(window.id)}/withdraw`, body: { reason } }),
    {
      onDone: () => {
        setDoing(null);
        say(`Withdrawn: ${window.name} ends now`);
      },
    },
  );
  if (!may || window.readOnly || window.withdrawn) return null;
  return (
    <span className="flex gap-2">
      <Button size="small" onClick={() => setDoing('change')} aria-label={`Change ${window.name}`}>
        Change
      </Button>
      <Button
        size="small"
        look="danger"
        onClick={() => setDoing('withdraw')}
        aria-label={`Withdraw ${window.name}`}
      >
        Withdraw
      </Button>
      {doing === 'change' ? (
        <WindowDialog orgId={window.orgId} window={window} onClose={() => setDoing(null)} />
      ) : null}
      {doing === 'withdraw' ? (
        <ReasonDialog
          title={`Withdraw ${window.name}`}
          description="It ends now. Changes made before keep what it meant for them."
          act="Withdraw"
          look="danger"
          fewest={3}
          busy={withdraw.isPending}
          error={withdraw.error}
          onAct={(reason) => withdraw.mutate(reason)}
          onClose={() => setDoing(null)}
        />
      ) : null}
    </span>
  );
}
