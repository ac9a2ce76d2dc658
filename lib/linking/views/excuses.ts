import { view } from '@/lib/auth/view';
import { actorOf } from '@/lib/auth/viewer';
import type { Sql } from '@/lib/db/sql';
import { requestError } from '@/lib/kernel/errors';
import { addMs, DAY_MS, floorToDay, toIso } from '@/lib/kernel/instant';
import type { ExcusePreviewDto, ExcusePreviewInput, ExcuseRuleDto } from '../contract/excuses';
import { mayApprove } from '../excuses/decide-excuse';
import { type Excusable, fits, HIGH_RISK, stateOf } from '../model/excuses/excuse-rule';
import { countExcused, excusablesFor, readExcuseRules } from '../store/manual/excuse-rows';
import { askedRate, unlinkedRate } from '../unlinked-rate';

const PREVIEW_DAYS = [30, 90] as const;
/** More would be a rule about everything; the preview then says that it did not see all. */
const MOST = 100_000;
const SHOWN = 10;

/** The rules by which changes need no authorisation, the newest first, with how many each excuses now. */
export const viewExcuseRules = view<Record<string, never>, { readonly items: ExcuseRuleDto[] }>(
  {
    permission: 'settings.read',
    journal: () => ({ action: 'excuse_rules.viewed', objectType: 'excuse_rule' }),
  },
  async ({ sql, viewer, now }) => {
    const rules = await readExcuseRules(sql, viewer.orgIds);
    const counts = await countExcused(sql, viewer.orgIds);
    const items = rules.map((rule): ExcuseRuleDto => {
      const { terms, decisions } = rule;
      const ended = decisions.find((one) => one.what === 'withdrawn')?.endsAt ?? null;
      return {
        id: rule.id,
        orgId: rule.orgId,
        title: terms.title,
        matcher: Object.fromEntries(
          Object.entries(terms.matcher).flatMap(([key, value]) =>
            value === undefined ? [] : [[key, value]],
          ),
        ),
        from: toIso(terms.from),
        expiresAt: toIso(terms.expiresAt),
        endedAt: ended === null ? null : toIso(ended),
        withHighRisk: terms.withHighRisk,
        replaces: terms.replaces,
        state: stateOf(rule, now),
        excused: counts.get(rule.id) ?? 0,
        decisions: decisions.map((one) => ({
          what: one.what,
          at: toIso(one.decidedAt),
          by: one.decider,
          reason: one.reason,
        })),
        mayApprove: mayApprove(rule, actorOf(viewer)),
      };
    });
    return { items: items.reverse() };
  },
);

/** What a rule of these terms would excuse: of the last 30 and 90 days, and of the past inside its own dates. Changes nothing. */
export const viewExcusePreview = view<ExcusePreviewInput, ExcusePreviewDto>(
  {
    permission: 'settings.read',
    journal: () => ({ action: 'excuse_rule.previewed', objectType: 'excuse_rule' }),
  },
  ({ sql, viewer, now }, input) => previewExcuse(sql, { orgIds: viewer.orgIds, input, now }),
);

/** As the view, for the proposal itself, which keeps what it said. Throws `not_found`. */
export async function previewExcuse(
  sql: Sql,
  asked: { readonly orgIds: readonly string[]; readonly input: ExcusePreviewInput; readonly now: Date },
): Promise<ExcusePreviewDto> {
  const { input, now } = asked;
  const orgId = input.orgId.toLowerCase();
  if (!asked.orgIds.includes(orgId))
    throw requestError('not_found', 'cannot preview the rule: there is no such organisation');
  const { matcher } = input;
  const to = addMs(floorToDay(now), DAY_MS);
  const period = { from: new Date(input.from), to: new Date(input.expiresAt) };
  const oldest = addMs(to, -Math.max(...PREVIEW_DAYS) * DAY_MS);
  const from = period.from < oldest ? period.from : oldest;
  const found = await excusablesFor(sql, { orgId, from, to, matcher, limit: MOST });
  const fitting = found.filter((one) => fits({ matcher, withHighRisk: true }, one));
  const excused = fitting.filter((one) => input.withHighRisk || one.risk < HIGH_RISK);
  const days = [];
  for (const count of PREVIEW_DAYS) {
    const range = { from: addMs(to, -count * DAY_MS), to };
    const rate = await unlinkedRate(
      sql,
      askedRate({ from: toIso(range.from), to: toIso(range.to), org: [orgId] }, now),
    );
    const inside = excused.filter((one) => range.from <= one.at);
    const unlinked = inside.filter((one) => one.linkage !== 'linked').length;
    const after = { unlinked: rate.unlinked - unlinked, total: rate.total - inside.length };
    days.push({
      days: count,
      from: rate.from,
      to: rate.to,
      excused: inside.length,
      unlinked,
      before: { unlinked: rate.unlinked, total: rate.total, rate: rate.rate },
      after: { ...after, rate: after.total === 0 ? null : after.unlinked / after.total },
    });
  }
  return {
    days,
    inPeriod: excused.filter((one) => period.from <= one.at && one.at < period.to).length,
    tooRisky: fitting.length - excused.length,
    examples: excused.slice(0, SHOWN).map((one) => ({ id: one.id, at: toIso(one.at), what: whatOf(one) })),
  };
}

function whatOf(one: Excusable & { readonly label: string }): string {
  return [one.action, one.entityType, one.label].filter((part) => part !== '').join(' ');
}
