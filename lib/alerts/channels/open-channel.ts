import { resolveSources } from '@/lib/auth/settings/resolve-sources';
import type { WrappingKey } from '@/lib/auth/settings/secret-box';
import { processWrappingKey, readSecret } from '@/lib/auth/settings/secrets';
import type { Outbound } from '@/lib/connectors/http/outbound';
import { sendMail } from '@/lib/connectors/sinks/mail';
import { type IncidentDesk, reportIncident } from '@/lib/connectors/sinks/servicenow-incident';
import type { SinkOutcome } from '@/lib/connectors/sinks/sink';
import { postToSlack } from '@/lib/connectors/sinks/slack';
import { postSigned } from '@/lib/connectors/sinks/webhook';
import type { Database } from '@/lib/db/connection';
import { messageOf } from '@/lib/kernel/errors';
import { incidentReport } from '../model/incident-report';
import { mailMessage } from '../model/mail-message';
import type { Outgoing } from '../model/outgoing';
import { slackPayload } from '../model/slack-payload';
import { webhookBody } from '../model/webhook-body';
import { type ChannelRow, findChannel } from '../store/channel-rows';
import { CHANNEL_SECRETS, channelSecretName, storedConfigSchemas } from './channel-kinds';
import { type ChannelEnvironment, environmentChannel } from './environment-channels';
import { PERSON_CHANNEL } from './fixed-channels';
import { sendToPerson } from './person-channel';

/** A channel that something can be sent to, or why not. */
export type OpenChannel =
  | {
      readonly kind: 'ready';
      /** One try. Never throws for what the receiver does. */
      readonly send: (outgoing: Outgoing, now: Date) => Promise<SinkOutcome>;
    }
  | { readonly kind: 'unusable'; readonly because: string };

export type ChannelWorld = {
  readonly db: Pick<Database, 'sql'>;
  readonly env: ChannelEnvironment;
  readonly outbound: Outbound;
  readonly wrapping?: () => WrappingKey;
};

/** The channel with its secrets, read anew each time, so that a change holds from the next message on. */
export async function openChannel(
  world: ChannelWorld,
  of: { readonly channelId: string; readonly orgId: string | null },
): Promise<OpenChannel> {
  const { env, outbound } = world;
  switch (of.channelId) {
    case 'inbox':
      // What is for the inbox stands there already, put by the transaction that planned the delivery.
      return ready(async () => ({ kind: 'delivered', status: null, receipt: null, because: null }));
    case 'env_slack':
    case 'env_email':
    case 'env_servicenow': {
      const found = environmentChannel(of.channelId, env);
      if (found === null || found.because !== null)
        return unusable(found?.because ?? 'The environment does not set this channel any more.');
      if (env.SLACK_WEBHOOK_URL !== undefined && of.channelId === 'env_slack')
        return slack(outbound, env.SLACK_WEBHOOK_URL);
      if (of.channelId === 'env_email') return email(env, env.ALERT_EMAIL ?? []);
      return incidents(world, of.orgId, {});
    }
    case PERSON_CHANNEL.id:
      return person(world);
    default:
      return stored(world, of);
  }
}

async function stored(
  world: ChannelWorld,
  { channelId, orgId }: { readonly channelId: string; readonly orgId: string | null },
): Promise<OpenChannel> {
  const channel = await findChannel(world.db.sql, channelId);
  if (channel === null) return unusable('There is no such channel any more.');
  try {
    const secrets = await secretsOf(world, channel);
    const missing = CHANNEL_SECRETS[channel.kind].find((field) => secrets[field.name] === undefined);
    if (missing) return unusable(`${missing.says} is not set.`);
    const { webhookUrl = '', url = '', secret = '' } = secrets;
    switch (channel.kind) {
      case 'slack':
        return slack(world.outbound, webhookUrl);
      case 'email':
        return email(world.env, storedConfigSchemas.email.parse(channel.config).to);
      case 'servicenow':
        return incidents(world, orgId, storedConfigSchemas.servicenow.parse(channel.config));
      case 'webhook':
        return ready((outgoing, now) =>
          postSigned(world.outbound, {
            url,
            secret,
            deliveryId: outgoing.deliveryId,
            body: webhookBody(outgoing),
            now,
          }),
        );
    }
  } catch (error) {
    return unusable(`The channel cannot be opened: ${messageOf(error)}.`);
  }
}

async function secretsOf(world: ChannelWorld, channel: ChannelRow): Promise<Record<string, string>> {
  const wrapping = (world.wrapping ?? processWrappingKey)();
  const secrets: Record<string, string> = {};
  for (const { name } of CHANNEL_SECRETS[channel.kind]) {
    const value = await readSecret(
      world.db.sql,
      { orgId: null, name: channelSecretName(channel.id, name) },
      wrapping,
    );
    if (value !== null) secrets[name] = value;
  }
  return secrets;
}

function slack(outbound: Outbound, webhookUrl: string): OpenChannel {
  return ready((outgoing) => postToSlack(outbound, { webhookUrl, payload: slackPayload(outgoing) }));
}

function email(env: ChannelEnvironment, to: readonly string[]): OpenChannel {
  const { SMTP_URL: url, SMTP_FROM: from } = env;
  if (url === undefined || from === undefined)
    return unusable(`${url === undefined ? 'SMTP_URL' : 'SMTP_FROM'} is not set.`);
  return ready((outgoing) => sendMail({ url, from }, { to, ...mailMessage(outgoing) }));
}

function person({ db, env }: ChannelWorld): OpenChannel {
  const { SMTP_URL: url, SMTP_FROM: from } = env;
  if (url === undefined || from === undefined)
    return unusable(`${url === undefined ? 'SMTP_URL' : 'SMTP_FROM'} is not set.`);
  return ready((outgoing, now) => sendToPerson(db.sql, { url, from }, outgoing, now));
}

/** Incidents go to the ServiceNow that is connected for the organisation. */
async function incidents(
  world: ChannelWorld,
  orgId: string | null,
  with_: Pick<IncidentDesk, 'assignmentGroup' | 'category'>,
): Promise<OpenChannel> {
  const sources = await resolveSources(world.db, world.env, world.wrapping ?? processWrappingKey);
  const desk = sources.find(
    (source) =>
      source.kind === 'servicenow' && (source.orgId === null || orgId === null || source.orgId === orgId),
  );
  if (desk?.kind !== 'servicenow') return unusable('No ServiceNow is connected.');
  return ready((outgoing) => reportIncident(world.outbound, { ...desk, ...with_ }, incidentReport(outgoing)));
}

function ready(send: Extract<OpenChannel, { kind: 'ready' }>['send']): OpenChannel {
  return { kind: 'ready', send };
}

function unusable(because: string): OpenChannel {
  return { kind: 'unusable', because };
}
