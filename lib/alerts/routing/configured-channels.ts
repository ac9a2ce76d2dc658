import { env } from '@/lib/env/env';
import { type ChannelEnvironment, environmentChannels } from '../channels/environment-channels';
import { ENVIRONMENT_CHANNELS } from '../model/routing/built-in-rules';

/** Ids of the environment's channels that it sets, and completely. */
export function configuredChannels(environment: ChannelEnvironment = env()): ReadonlySet<string> {
  return new Set(
    environmentChannels(environment).flatMap(({ id, because }) => (because === null ? [id] : [])),
  );
}

/** The channels without those of the environment that it does not set: to them nothing can be sent, and nobody expects it. */
export function reachable<C extends { readonly id: string }>(
  channels: readonly C[],
  configured: ReadonlySet<string>,
): C[] {
  return channels.filter(({ id }) => !ENVIRONMENT_CHANNELS.includes(id) || configured.has(id));
}
