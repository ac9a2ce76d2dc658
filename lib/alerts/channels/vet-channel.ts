import { type AddressRules, vetAddress } from '@/lib/connectors/http/outbound-address';
import { networks } from '@/lib/connectors/model/network';
import { requestError } from '@/lib/kernel/errors';
import { addressesAmong, splitConfig } from './channel-kinds';
import type { ChannelEnvironment } from './environment-channels';

/**
 * Refuses addresses that nothing would be sent to, before they are kept. A name that is not known yet passes: each message is
 * vetted again. Asks the resolver, so not inside a transaction. Throws `bad_request`.
 */
export async function vetChannel(
  given: { readonly kind: Parameters<typeof splitConfig>[0]; readonly config: unknown },
  env: ChannelEnvironment,
  rules: Omit<AddressRules, 'inside'> = {},
): Promise<void> {
  for (const address of addressesAmong(splitConfig(given.kind, given.config).secrets)) {
    const inside = networks(env.OUTBOUND_ALLOWLIST ?? []);
    const vetted = await vetAddress(new URL(address), { ...rules, inside });
    if (vetted.kind === 'blocked') {
      throw requestError('bad_request', `cannot use the address: ${vetted.because}`, {
        hint: 'Public addresses need https. Networks of your own are allowed by whoever runs Tallystick, in OUTBOUND_ALLOWLIST.',
      });
    }
  }
}
