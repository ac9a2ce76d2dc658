import type { SourceEnvironment } from '@/lib/auth/settings/environment-sources';
import type { Env } from '@/lib/env/load-env';
import { type FixedChannel, fixedChannel } from './fixed-channels';

/** The part of the environment that sets channels; `env()` fits. */
export type ChannelEnvironment = SourceEnvironment &
  Partial<
    Pick<
      Env,
      'SLACK_WEBHOOK_URL' | 'SMTP_URL' | 'SMTP_FROM' | 'ALERT_EMAIL' | 'OUTBOUND_ALLOWLIST' | 'publicUrl'
    >
  >;

export type EnvironmentChannel = FixedChannel & {
  /** Why it cannot be used; null when it can. */
  readonly because: string | null;
  readonly shown: Readonly<Record<string, string>>;
};

export type EnvironmentChannelId = 'env_slack' | 'env_email' | 'env_servicenow';

/** The channel as the environment sets it; null when it sets nothing of it. Pure. */
export function environmentChannel(
  id: EnvironmentChannelId,
  env: ChannelEnvironment,
): EnvironmentChannel | null {
  const fixed = fixedChannel(id);
  if (fixed === null) return null;
  switch (id) {
    case 'env_slack':
      if (env.SLACK_WEBHOOK_URL === undefined) return null;
      return { ...fixed, because: null, shown: { host: new URL(env.SLACK_WEBHOOK_URL).host } };
    case 'env_email': {
      const { SMTP_URL: url, SMTP_FROM: from, ALERT_EMAIL: to } = env;
      if (url === undefined && to === undefined) return null;
      const missing =
        url === undefined
          ? 'SMTP_URL'
          : from === undefined
            ? 'SMTP_FROM'
            : to === undefined || to.length === 0
              ? 'ALERT_EMAIL'
              : null;
      return {
        ...fixed,
        because: missing === null ? null : `${missing} is not set.`,
        shown: {
          ...(url === undefined ? {} : { host: new URL(url).host }),
          ...(to === undefined ? {} : { to: to.join(', ') }),
          ...(from === undefined ? {} : { from }),
        },
      };
    }
    case 'env_servicenow': {
      const { SERVICENOW_BASE_URL: base, SERVICENOW_USER: user, SERVICENOW_PASSWORD: password } = env;
      if (base === undefined || user === undefined || password === undefined) return null;
      return { ...fixed, because: null, shown: { host: new URL(base).host, user } };
    }
  }
}

/** All channels that the environment sets. */
export function environmentChannels(env: ChannelEnvironment): EnvironmentChannel[] {
  const ids: readonly EnvironmentChannelId[] = ['env_slack', 'env_email', 'env_servicenow'];
  return ids.flatMap((id) => environmentChannel(id, env) ?? []);
}
