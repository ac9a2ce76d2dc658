import type { Finding } from '@/lib/findings/model/concern';
import { atLeast } from '@/lib/findings/model/severity';
import { addMs, MINUTE_MS, toIso } from '@/lib/kernel/instant';
import type { Role } from '@/lib/kernel/words';
import type { AlertRule } from '../../contract/rules';
import type { RoutingRule } from './built-in-rules';
import { nextDigestAt, quietUntil } from './quiet-hours';

/** The part of a finding that routing reads. */
export type Routable = Pick<Finding, 'orgId' | 'rule' | 'severity' | 'divisionIds' | 'actor' | 'tell'>;

/** A message kept back for a channel, until when and why. */
export type Hold = { readonly until: Date; readonly because: string };

export type Route = {
  /** Ids of the rules that are about any of the findings. */
  readonly routedBy: readonly string[];
  /** Who gets it into their inbox; each person once, whichever of these they are. */
  readonly roles: readonly Role[];
  readonly users: readonly string[];
  readonly channels: readonly { readonly id: string; readonly held: Hold | null }[];
  readonly escalations: readonly {
    readonly ruleId: string;
    readonly dueAt: Date;
    readonly roles: readonly Role[];
    readonly channels: readonly string[];
  }[];
};

/** Whether a routing rule is about a finding. */
export function matches({ enabled, what }: AlertRule, finding: Routable): boolean {
  if (!enabled || !atLeast(finding.severity, what.minSeverity)) return false;
  if (what.rules.length > 0 && !what.rules.includes(finding.rule)) return false;
  if (what.orgs.length > 0 && !what.orgs.includes(finding.orgId)) return false;
  if (what.divisions.length > 0 && !what.divisions.some((id) => finding.divisionIds.includes(id)))
    return false;
  const kind = finding.actor?.kind;
  return what.actorKinds.length === 0 || (kind !== undefined && what.actorKinds.includes(kind));
}

/** The grouping of the first rule that is about the finding; by subject where none is. */
export function groupingOf(rules: readonly RoutingRule[], finding: Routable): AlertRule['grouping'] {
  return rules.find(({ rule }) => matches(rule, finding))?.rule.grouping ?? 'subject';
}

/**
 * Who is told of these findings and by which channels. What several rules say is united: each person and each channel once.
 * A channel is held only if every rule that names it would hold; the earliest of them lets go. Roles that a finding itself
 * names are told whatever the rules say.
 */
export function planRoute(
  findings: readonly Routable[],
  asked: { readonly rules: readonly RoutingRule[]; readonly now: Date },
): Route {
  const { now } = asked;
  const roles = new Set<Role>(findings.flatMap((finding) => finding.tell));
  const users = new Set<string>();
  const routedBy: string[] = [];
  const channels = new Map<string, Hold | null>();
  const escalations: Route['escalations'][number][] = [];
  for (const { id, rule } of asked.rules) {
    const about = findings.filter((finding) => matches(rule, finding));
    if (about.length === 0) continue;
    routedBy.push(id);
    for (const role of rule.who.roles) roles.add(role);
    for (const user of rule.who.users) users.add(user);
    const held = holdOf(rule, about, now);
    for (const channel of rule.channels) channels.set(channel, sooner(channels.get(channel), held));
    if (rule.escalation !== null) {
      const { afterMinutes, roles: further, channels: by } = rule.escalation;
      const told = held?.until ?? now;
      const dueAt = addMs(told, afterMinutes * MINUTE_MS);
      escalations.push({ ruleId: id, dueAt, roles: further, channels: by });
    }
  }
  return {
    routedBy,
    roles: [...roles],
    users: [...users],
    channels: [...channels].map(([id, held]) => ({ id, held })),
    escalations,
  };
}

/** Until when a rule keeps its messages about these findings, and why; null: they go at once. */
function holdOf(rule: AlertRule, findings: readonly Routable[], now: Date): Hold | null {
  const { quietHours, digest } = rule;
  if (quietHours !== null && findings.some((finding) => atLeast(finding.severity, quietHours.exceptFrom)))
    return null;
  const quiet = quietHours === null ? null : quietUntil(quietHours, now);
  if (digest !== null) {
    const next = nextDigestAt(digest, now);
    const late = quietHours === null ? null : quietUntil(quietHours, next);
    const until = late ?? next;
    return { until, because: `Collected for the digest of ${toIso(until)}` };
  }
  return quiet === null ? null : { until: quiet, because: `Quiet hours until ${toIso(quiet)}` };
}

function sooner(a: Hold | null | undefined, b: Hold | null): Hold | null {
  if (a === undefined) return b;
  if (a === null || b === null) return null;
  return a.until <= b.until ? a : b;
}
