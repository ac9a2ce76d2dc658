'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { Dialog as Radix } from 'radix-ui';
import { useState } from 'react';
import { apiPath } from '@/components/api/api-key';
import { useApi } from '@/components/api/use-api';
import { useDebounced } from '@/components/hooks/use-debounced';
import { TallyGlyph } from '@/components/tally/tally-glyph';
import { formatInstant } from '@/components/ui/data/format-time';
import { scopeQuery } from '@/components/url/page-scope';
import { PRESET_WORDS, PRESETS, withPeriod } from '@/components/url/period';
import { useScope } from '@/components/url/use-scope';
import type { MeDto, Permission } from '@/lib/auth/contract';
import type { ChangeDto } from '@/lib/changes/contract';
import type { Page } from '@/lib/kernel/paging';
import { ROOMS } from '../rooms';
import { usePanels } from '../use-shortcuts';
import { plainText } from './plain-text';

const ITEM =
  'flex cursor-default items-center gap-2.5 rounded-sm px-2 py-1.5 data-[selected=true]:bg-accent-soft';
/** Below this a search would match nearly everything. */
const MIN_SEARCH = 2;

/** Commands, and when none is meant, a search in the changes of the period. */
export function CommandPalette({ me }: { readonly me: MeDto | undefined }) {
  const { palette, showPalette } = usePanels();
  return (
    <Radix.Root open={palette} onOpenChange={showPalette}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-[#14161a]/40 data-[state=open]:animate-appear" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-x-2 top-2 z-50 mx-auto max-w-160 overflow-hidden rounded-md border bg-surface shadow-float md:top-[12vh]"
        >
          <Radix.Title className="sr-only">Search and commands</Radix.Title>
          <Palette me={me} close={() => showPalette(false)} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Palette({ me, close }: { readonly me: MeDto | undefined; readonly close: () => void }) {
  const [text, setText] = useState('');
  const { params, href, setParams } = useScope();
  const { showList } = usePanels();
  const { resolvedTheme, setTheme } = useTheme();
  const router = useRouter();
  const query = text.trim();
  const may = (permission: Permission) => me?.permissions.includes(permission) ?? false;
  const run = (act: () => void) => () => {
    close();
    act();
  };
  return (
    <Command
      label="Search and commands"
      loop
      filter={(value, search, keywords) =>
        value.startsWith('search ') ||
        plainText(`${value} ${keywords?.join(' ') ?? ''}`).includes(plainText(search))
          ? 1
          : 0
      }
    >
      <Command.Input
        value={text}
        onValueChange={setText}
        placeholder="Go somewhere, or search changes by name or id"
        className="h-12 w-full border-b bg-transparent px-4 text-lg outline-none"
      />
      <Command.List className="max-h-[60vh] overflow-y-auto p-2 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted">
        <Command.Empty className="px-2 py-6 text-center text-muted">
          No command of that name, and nothing to search for yet.
        </Command.Empty>
        {query.length >= MIN_SEARCH && may('changes.read') ? (
          <FoundChanges query={query} open={(address) => run(() => router.push(address))()} />
        ) : null}
        <Command.Group heading="Go to">
          {ROOMS.filter((room) => may(room.permission)).map((room) => (
            <Command.Item
              key={room.path}
              value={`go ${room.word}`}
              onSelect={run(() => router.push(href(room.path)))}
              className={ITEM}
            >
              <room.icon aria-hidden size={15} className="text-muted" />
              <span className="flex-1">{room.word}</span>
              <span className="font-mono text-xs text-muted">g {room.jump}</span>
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading="Period">
          {PRESETS.map((preset) => (
            <Command.Item
              key={preset}
              value={PRESET_WORDS[preset]}
              onSelect={run(() => setParams(withPeriod(params, { kind: 'relative', preset })))}
              className={ITEM}
            >
              {PRESET_WORDS[preset]}
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading="This page">
          <Command.Item
            value="theme light dark"
            onSelect={run(() => setTheme(resolvedTheme === 'dark' ? 'light' : 'dark'))}
            className={ITEM}
          >
            {resolvedTheme === 'dark' ? 'Light theme' : 'Dark theme'}
          </Command.Item>
          <Command.Item value="keys shortcuts" onSelect={run(() => showList(true))} className={ITEM}>
            Keys
          </Command.Item>
        </Command.Group>
      </Command.List>
    </Command>
  );
}

function FoundChanges({ query, open }: { readonly query: string; readonly open: (address: string) => void }) {
  const scope = useScope();
  const asked = useDebounced(query);
  const found = useApi<Page<ChangeDto>>(
    apiPath('/api/v1/changes', { ...scopeQuery(scope), q: asked, limit: 5 }),
    {
      keep: true,
    },
  );
  return (
    <Command.Group heading="Changes">
      <Command.Item
        value="search all"
        onSelect={() => open(scope.href('/changes', { q: query, accountable: 'all' }))}
        className={ITEM}
      >
        Search all changes of the period for <span className="font-mono">{query}</span>
      </Command.Item>
      {(found.data?.items ?? []).map((change) => (
        <Command.Item
          key={change.id}
          value={`search ${change.id}`}
          onSelect={() => open(scope.href(`/changes/${encodeURIComponent(change.id)}`))}
          className={ITEM}
        >
          <TallyGlyph status={change.linkage.status} />
          <span className="min-w-0 flex-1 truncate">{change.sentence}</span>
          <span className="font-mono text-xs text-muted">
            {formatInstant(change.eventDate, 'UTC', 'minute')}
          </span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
