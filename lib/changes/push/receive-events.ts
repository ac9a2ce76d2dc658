import { settingAt } from '@/lib/auth/store/setting-rows';
import type { Sql } from '@/lib/db/sql';
import { type PushAnswer, pushMatchSchema } from '../contract-push';
import { readSlice } from '../ingest/prepare-batch';
import { cutEvents } from '../model/push/cut-events';
import { type Envelope, readEnvelope } from '../model/push/envelope';
import { MATCH_EVERYTHING, matchesChange, matchesDetailType, type PushMatch } from '../model/push/match';
import { type SpooledEvent, spoolEvents, WHOLE_BODY } from '../store/push/spool';

/** Name of the setting that says which pushed events become changes. */
export const PUSH_MATCH = 'push.match';

export type Received = PushAnswer & {
  /** Organisations that have something to be taken now. */
  readonly orgIds: readonly string[];
};

type Rule = { readonly match: PushMatch; readonly setting: string | null };
type Judged = Pick<SpooledEvent, 'sourceId' | 'eventDate' | 'verdict' | 'reason' | 'matchSetting'>;

/**
 * Keeps the events of one request as they came, each with what was made of it: the matching rule in force now decides what
 * becomes a change. Nothing is dropped, and nothing in an event can stop the others. To be answered for once this has committed.
 *
 * An event belongs to the organisation its source names; where it names none, to the only one the caller may speak for.
 */
export async function receiveEvents(
  sql: Sql,
  input: { readonly body: Buffer; readonly orgIds: readonly string[]; readonly now: Date },
): Promise<Received> {
  const { body, now } = input;
  const own = input.orgIds.map((id) => id.toLowerCase());
  const only = own.length === 1 ? (own[0] ?? null) : null;
  const rules = new Map<string, Rule>();
  const events: SpooledEvent[] = [];
  const cut = cutEvents(body);
  if (cut === null && body.length > 0) events.push(wholeBody(body, only));
  for (const bytes of cut ?? []) {
    const envelope = envelopeOf(bytes);
    const orgId = envelope.orgId === null ? only : own.includes(envelope.orgId) ? envelope.orgId : null;
    if (orgId === null) {
      const because = envelope.orgId === null ? 'organization_not_told' : 'organization_not_known';
      events.push({ ...judge(bytes, envelope, NO_RULE, now), ...foreign(bytes, envelope, because) });
      continue;
    }
    const rule = rules.get(orgId) ?? (await ruleOf(sql, orgId, now));
    rules.set(orgId, rule);
    events.push({ orgId, envelope, bytes, ...judge(bytes, envelope, rule, now) });
  }
  await spoolEvents(sql, events, now);
  const count = (...verdicts: SpooledEvent['verdict'][]) =>
    events.filter((event) => verdicts.includes(event.verdict)).length;
  const taken = events.filter((event) => event.verdict === 'kept' || event.verdict === 'unreadable');
  return {
    accepted: count('kept'),
    filtered: count('filtered'),
    quarantined: count('unreadable', 'foreign'),
    orgIds: [...new Set(taken.flatMap((event) => event.orgId ?? []))],
  };
}

const NO_RULE: Rule = { match: MATCH_EVERYTHING, setting: null };

async function ruleOf(sql: Sql, orgId: string, at: Date): Promise<Rule> {
  const version = await settingAt(sql, { name: PUSH_MATCH, orgId, at });
  const parsed = version === null ? null : pushMatchSchema.safeParse(version.value);
  // A rule that cannot be understood must not keep anything away.
  return version === null || !parsed?.success ? NO_RULE : { match: parsed.data, setting: version.id };
}

function judge(bytes: Buffer, envelope: Envelope, rule: Rule, now: Date): Judged {
  const common = { sourceId: null, eventDate: null, matchSetting: rule.setting };
  if (!matchesDetailType(rule.match, envelope.detailType))
    return { ...common, verdict: 'filtered', reason: 'detail_type' };
  const { normalised } = readSlice(bytes, now);
  if (normalised.kind === 'unreadable')
    return { ...common, verdict: 'unreadable', reason: normalised.reason };
  const { change } = normalised;
  const read = { ...common, sourceId: change.id, eventDate: change.eventDate };
  return matchesChange(rule.match, change)
    ? { ...read, verdict: 'kept', reason: null }
    : { ...read, verdict: 'filtered', reason: 'content' };
}

function wholeBody(bytes: Buffer, orgId: string | null): SpooledEvent {
  const envelope = { id: null, detailType: null, orgId: null };
  const common = { envelope, bytes, sourceId: null, eventDate: null, matchSetting: null };
  return orgId === null
    ? { ...common, ...foreign(bytes, envelope, 'organization_not_told') }
    : { ...common, orgId, verdict: 'unreadable', reason: WHOLE_BODY };
}

function foreign(bytes: Buffer, envelope: Envelope, reason: string) {
  return { orgId: null, envelope, bytes, verdict: 'foreign' as const, reason };
}

function envelopeOf(bytes: Buffer): Envelope {
  try {
    return readEnvelope(JSON.parse(bytes.toString('utf8')));
  } catch {
    // No JSON: it tells nothing of itself, and is judged unreadable.
    return readEnvelope(null);
  }
}
