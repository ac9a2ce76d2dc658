'use client';

import { Building2, ChevronDown } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Menu } from '@/components/ui/overlay/menu';
import { useScope } from '@/components/url/use-scope';
import { useOrganizations } from '../use-organizations';

/** Which organisation the page is about. With one organisation there is nothing to choose: its name is shown. */
export function OrgSelect() {
  const { params, orgs, setParams } = useScope();
  const known = useOrganizations().data?.items ?? [];
  const only = known.length === 1 ? known[0] : undefined;
  const chosen = known.filter((org) => orgs.includes(org.id));
  const name =
    only?.name ?? (chosen.length === 0 ? 'All organisations' : chosen.map((org) => org.name).join(', '));
  const choose = (id: string | null) => {
    const next = new URLSearchParams(params);
    next.delete('org');
    next.delete('cursor');
    if (id !== null) next.append('org', id);
    setParams(next);
  };
  if (only !== undefined) {
    return (
      <span className="flex min-w-0 items-center gap-2 font-medium">
        <Building2 aria-hidden size={15} className="hidden shrink-0 text-muted sm:block" />
        <span className="truncate" title={only.name}>
          {only.name}
        </span>
      </span>
    );
  }
  return (
    <Menu
      trigger={
        <Button look="quiet" className="min-w-0 shrink! px-1.5" aria-label={`Organisation: ${name}`}>
          <Building2 aria-hidden size={15} className="shrink-0 text-muted" />
          <span className="max-w-48 truncate">{name}</span>
          <ChevronDown aria-hidden size={14} className="shrink-0 text-muted" />
        </Button>
      }
      items={[
        {
          kind: 'item',
          key: 'all',
          label: 'All organisations',
          checked: orgs.length === 0,
          onSelect: () => choose(null),
        },
        ...known.map((org) => ({
          kind: 'item' as const,
          key: org.id,
          label: org.name,
          checked: orgs.includes(org.id),
          onSelect: () => choose(org.id),
        })),
      ]}
    />
  );
}
