'use client';

import { useApi } from '@/components/api/use-api';
import { useDivisions } from '@/components/directory/use-division-name';
import { useMay } from '@/components/frame/use-me';
import { useOrganizations } from '@/components/frame/use-organizations';
import { USERS_PATH } from '@/components/settings/settings-paths';
import type { ChannelDto } from '@/lib/alerts/contract/deliveries';
import type { UserDto } from '@/lib/auth/contract';
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
  const titleOf = useDetectionTitle();
  const detections = useDetections().data?.items ?? [];
  const orgs = useOrganizations().data?.items ?? [];
  const channels = useApi<{ readonly items: readonly ChannelDto[] }>(CHANNELS_PATH).data?.items ?? [];
  const users =
    useApi<{ readonly items: readonly UserDto[] }>(mayUsers ? USERS_PATH : null).data?.items ?? [];
  const divisions = useDivisions();
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
      channel: (id) => shortName(nameIn(choices.channels, 'a channel that was removed')(id)),
      user: (id) => users.find((one) => one.id === id)?.name ?? 'a person of ours',
    },
  };
}

/** Within a sentence it does not matter who set the channel. */
function shortName(name: string): string {
  return name.replace(/ \(set by the environment\)$/, '');
}

function nameIn(choices: readonly Choice[], unknown: string): (id: string) => string {
  return (id) => choices.find((one) => one.value === id)?.label ?? unknown;
}
