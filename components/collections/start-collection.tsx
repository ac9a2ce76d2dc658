'use client';

import { useCommand } from '@/components/api/use-command';
import { useOrganizations } from '@/components/frame/use-organizations';
import { Button } from '@/components/ui/button';
import { Menu } from '@/components/ui/overlay/menu';
import { useNotice } from '@/components/ui/overlay/notices';
import { ErrorState } from '@/components/ui/state/error-state';
import { useScope } from '@/components/url/use-scope';
import type { CollectionRunDto } from '@/lib/changes/contract/collection';

type Kind = CollectionRunDto['kind'];

const KINDS = [
  { kind: 'sync', word: 'Sync: what is new since the last one' },
  { kind: 'resweep', word: 'Re-sweep: read the last days again for late records' },
  { kind: 'backfill', word: 'Backfill: the last 365 days, as far as not read yet' },
] as const satisfies readonly { kind: Kind; word: string }[];

/** Starts a collection of the organisations chosen, or of all. */
export function StartCollection() {
  const { orgs } = useScope();
  const known = useOrganizations().data?.items ?? [];
  const say = useNotice();
  const start = useCommand<{ kind: Kind; orgId: string }, unknown>((ask) => ({
    method: 'POST',
    path: '/api/v1/collections',
    body: ask,
  }));
  const targets = known.filter((org) => orgs.length === 0 || orgs.includes(org.id));
  const startAll = async (kind: Kind) => {
    for (const org of targets) await start.mutateAsync({ kind, orgId: org.id }).catch(() => undefined);
    say('Asked for; the run appears below once a worker takes it');
  };
  return (
    <div className="mb-3">
      <Menu
        trigger={
          <Button look="primary" busy={start.isPending} disabled={targets.length === 0}>
            Start a collection
          </Button>
        }
        items={KINDS.map((one) => ({
          kind: 'item',
          key: one.kind,
          label: one.word,
          onSelect: () => void startAll(one.kind),
        }))}
      />
      {start.isError ? <ErrorState doing="cannot start the collection" error={start.error} /> : null}
    </div>
  );
}
