'use client';

import { countOf, formatCount } from '@/components/ui/data/format';
import { Pagination } from '@/components/ui/data/pagination';
import { Panel } from '@/components/ui/layout/panel';
import { Tabs } from '@/components/ui/tabs';
import type { DirectoryEntityDto } from '@/lib/directory/contract';
import { DIRECTORY_KINDS, type DirectoryKind } from '@/lib/kernel/words';
import { ItemTable } from '../item-table';
import { entityPath, useDirectory } from '../use-directory';
import { KIND_WORDS } from '../words';

type MembersPanelProps = {
  readonly entity: DirectoryEntityDto;
  readonly members: NonNullable<DirectoryEntityDto['members']>;
  /** The kind that is shown; null shows all. */
  readonly only: DirectoryKind | null;
};

/** The holders of a role, people of a group or things in a division at that instant. */
export function MembersPanel({ entity, members, only }: MembersPanelProps) {
  const { door, cursor } = useDirectory();
  const title = entity.kind === 'role' ? 'Held by' : 'In it';
  const hrefTo = (kind: DirectoryKind | null, to: string | null = null) =>
    door(entityPath(entity.kind, entity.id), { members: kind, cursor: to });
  const kinds = DIRECTORY_KINDS.filter((kind) => (members.counts[kind] ?? 0) > 0 || kind === only);
  const shown = only === null ? members.total : (members.counts[only] ?? 0);
  return (
    <Panel title={title} aside={countOf(members.total, 'entry')}>
      {kinds.length < 2 ? null : (
        <Tabs
          shallow
          label="Kinds of members"
          tabs={[
            { href: hrefTo(null), label: `All ${formatCount(members.total)}`, current: only === null },
            ...kinds.map((kind) => ({
              href: hrefTo(kind),
              label: `${KIND_WORDS[kind].many} ${formatCount(members.counts[kind] ?? 0)}`,
              current: kind === only,
            })),
          ]}
        />
      )}
      {members.items.length === 0 ? (
        <p className="py-3 text-muted">Nothing was in it at that instant.</p>
      ) : (
        <>
          <ItemTable
            caption={title}
            items={members.items}
            nameOf={(item) => item.memberName ?? item.memberId}
          />
          <Pagination
            shown={members.items.length}
            unit={`of ${formatCount(shown)}`}
            nextLabel="More"
            nextHref={members.nextCursor === null ? null : hrefTo(only, members.nextCursor)}
            firstHref={cursor === null ? null : hrefTo(only)}
          />
        </>
      )}
    </Panel>
  );
}
