import type { WrappingKey } from '@/lib/auth/settings/secret-box';
import { type OutboundOptions, outbound } from '@/lib/connectors/http/outbound';
import { networks } from '@/lib/connectors/model/network';
import type { Database } from '@/lib/db/connection';
import type { ChannelEnvironment } from '../channels/environment-channels';
import { type OpenChannel, openChannel } from '../channels/open-channel';

/** What deliveries are sent with. */
export type DeliveryDeps = {
  readonly db: Database;
  readonly publicUrl: string;
  readonly open: (of: { channelId: string; orgId: string | null }) => Promise<OpenChannel>;
  /** In [0, 1): jitter. */
  readonly random: () => number;
};

const DEFAULT_PUBLIC_URL = 'http://localhost:3000';

/** Deliveries as the environment and the Settings say; `env()` and `database()` fit. */
export function deliveryDeps(
  env: ChannelEnvironment,
  db: Database,
  options: {
    readonly outbound?: OutboundOptions;
    readonly wrapping?: () => WrappingKey;
    readonly random?: () => number;
  } = {},
): DeliveryDeps {
  const send = outbound({ inside: networks(env.OUTBOUND_ALLOWLIST ?? []), ...options.outbound });
  const world = { db, env, outbound: send, ...(options.wrapping ? { wrapping: options.wrapping } : {}) };
  return {
    db,
    publicUrl: env.publicUrl ?? DEFAULT_PUBLIC_URL,
    open: (of) => openChannel(world, of),
    random: options.random ?? Math.random,
  };
}
