import type { AlertState } from '@/lib/alerts/contract/alerts';
import type { ChannelKind, DeliveryDto, DeliveryState, Purpose } from '@/lib/alerts/contract/deliveries';
import type { WEEKDAYS } from '@/lib/alerts/contract/rules';

/** The words on screen for alerts and what becomes of them. One place, so that a state is never called two things. */
export const ALERT_STATE_WORDS = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  closed: 'Closed',
  historic: 'Historic',
  merged: 'Merged',
} as const satisfies Record<AlertState, string>;

export const ALERT_STATE_MEANINGS = {
  open: 'Nobody has taken it yet',
  acknowledged: 'Somebody has taken it',
  closed: 'Dealt with, with a reason',
  historic: 'Older than a day when it was found: kept and listed, nobody was sent anything',
  merged: 'Its session turned out to be part of another; that alert holds its findings',
} as const satisfies Record<AlertState, string>;

export const CHANNEL_KIND_WORDS = {
  inbox: 'Inbox',
  slack: 'Slack',
  email: 'E-mail',
  servicenow: 'ServiceNow incident',
  webhook: 'Signed webhook',
} as const satisfies Record<ChannelKind, string>;

export const DELIVERY_STATE_WORDS = {
  waiting: 'Waiting',
  held: 'Held',
  delivered: 'Delivered',
  dead: 'Dead',
  suppressed: 'Not sent',
} as const satisfies Record<DeliveryState, string>;

export const DELIVERY_STATE_MEANINGS = {
  waiting: 'Goes out at its time, or is tried again then',
  held: 'Kept back for quiet hours or a digest, and sent after',
  delivered: 'The receiver took it',
  dead: 'The receiver refused it, or was tried too often; it can be replayed',
  suppressed: 'Muted: kept here, never sent',
} as const satisfies Record<DeliveryState, string>;

export const PURPOSE_WORDS = {
  alert: 'new alert',
  update: 'it grew',
  escalation: 'escalation',
  reminder: 'reminder',
  digest: 'digest',
  response: 'a response waits',
  test: 'test',
  request: 'question to a person',
} as const satisfies Record<Purpose, string>;

export const ATTEMPT_WORDS = {
  delivered: 'taken',
  again: 'not taken, tried again',
  refused: 'refused for good',
  unknown: 'no answer: it may have arrived',
} as const satisfies Record<DeliveryDto['attempts'][number]['outcome'], string>;

export const WEEKDAY_WORDS = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
} as const satisfies Record<(typeof WEEKDAYS)[number], string>;
