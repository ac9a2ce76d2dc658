'use client';

import { apiPath } from '@/components/api/api-key';
import { useApi } from '@/components/api/use-api';
import { useMay } from '@/components/frame/use-me';
import { useOrganizations } from '@/components/frame/use-organizations';
import { USERS_PATH } from '@/components/settings/settings-paths';
import type { ChannelDto } from '@/lib/alerts/contract/deliveries';
import type { UserDto } from '@/lib/auth/contract';
import type { DirectoryItemDto } from '@/lib/directory/contract';
import type { Page } from '@/lib/kernel/paging';
import { CHANNELS_PATH } from '../paths';
import { useDetections, useDetectionTitle } from '../use-detections';
import type { RuleNames } from './rule-sentence';

type Choice = { readonly value: string; readonly label: string };
export type RuleChoices = Readonly<
  Record<'rules' | 'orgs' | 'divisions' | 'channels' | 'users', readonly Choice[]>
>;

/** What a routing rule may name: as choices for its form, and as names for its sentence. */
export function useRuleChoices(): { readonly choices: RuleChoices; readonly names: RuleNames } {
  const mayUsers = useMay('users.read');
  const mayDirectory = useMay('directory.read');
  const titleOf = useDetectionTitle();
  const detections = useDetections().data?.items ?? [];
  const orgs = useOrganizations().data?.items ?? [];
  const channels = useApi<{ readonly items: readonly ChannelDto[] }>(CHANNELS_PATH).data?.items ?? [];
  const users =
    useApi<{ readonly items: readonly UserDto[] }>(mayUsers ? USERS_PATH : null).data?.items ?? [];
  const divisions =
    useApi<Page<DirectoryItemDto>>(
      mayDirectory ? apiPath('/api/v1/directory/division', { limit: 200 }) : null,
    ).data?.items ?? [];
  const choices: RuleChoices = {
    rules: detections.map((one) => ({ value: one.id, label: one.title })),
    orgs: orgs.map((one) => ({ value: one.id, label: one.name })),
    divisions: divisions
      .filter((one) => one.state === 'present')
      .map((one) => ({ value: one.id, label: one.name ?? one.id })),
    channels: channels
      .filter((one) => one.kind !== 'inbox')
      .map((one) => ({ value: one.id, label: one.name })),
    users: users
      .filter((one) => one.state !== 'disabled')
      .map((one) => ({ value: one.id, label: `${one.name}, ${one.email}` })),
  };
  return {
    choices,
    names: {
      rule: titleOf,
      org: nameIn(choices.orgs, 'an organisation of ours'),
      division: nameIn(choices.divisions, 'a division'),
      channel: nameIn(choices.channels, 'a channel that was removed'),
      user: (id) => users.find((one) => one.id === id)?.name ?? 'a person of ours',
    },
  };
}

function nameIn(choices: readonly Choice[], unknown: string): (id: string) => string {
  return (id) => choices.find((one) => one.value === id)?.label ?? unknown;
}
