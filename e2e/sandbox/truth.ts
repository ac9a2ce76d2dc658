import { hiddenIds } from './genesys/audit/queries.ts';
import { type BadRecord, badRecordsOf } from './history/bad-records.ts';
import type { ShortLived } from './history/plant/lifecycle.ts';
import type { Move } from './history/plant/moves.ts';
import type { NotAMove, UnauditedMove } from './history/plant/odd-moves.ts';
import type { JoinedBursts } from './history/plant/odd-sessions.ts';
import type { SelfGrant } from './history/plant/self-grants.ts';
import type { Group } from './history/plant/sessions.ts';
import { ghostAdminsOf } from './history/plant/windows.ts';
import { reasonOf } from './history/reasons.ts';
import type { Label, Linkage, Planted } from './history/record.ts';
import { type Drift, personnel } from './outside/employees.ts';
import { fateOf, type ReviewFate } from './outside/review-plan.ts';
import type { Sandbox } from './sandbox.ts';
import type { NameChange } from './world/changes-of-name.ts';
import { isoSeconds } from './world/clock.ts';
import { type Conversation, conversationsOf, customerIds } from './world/conversations.ts';
import { ODD_NAMES } from './world/names.ts';

/** How things really are. Summed from labels that were written where each record was made. */
export type Truth = {
  readonly seed: number;
  readonly anchor: string;
  readonly from: string;
  readonly orgId: string;
  readonly totals: {
    records: number;
    byLevel: Record<string, number>;
    byService: Record<string, number>;
    byDay: Record<string, number>;
  };
  readonly accountable: number;
  readonly excluded: Record<'platform' | 'genesys_internal' | 'failure' | 'read', number>;
  readonly linkage: Record<Exclude<Linkage, 'not_applicable'>, number>;
  /** Why accountable changes are not linked, by the word the product has for it; what cites nothing is `cites_nothing`. */
  readonly linkageReasons: Record<string, number>;
  readonly unlinkedChangeRate: { unlinked: number; total: number; rate: number };
  readonly actorKinds: Record<string, number>;
  readonly directory: Record<string, number | Record<string, number>>;
  readonly nameChanges: readonly (NameChange & { atIso: string })[];
  readonly shortLived: readonly ShortLived[];
  readonly oddNames: readonly string[];
  readonly moves: readonly (Move & { atIso: string })[];
  readonly selfMoves: readonly string[];
  /** Records that name a division and move nothing. */
  readonly notMoves: readonly NotAMove[];
  /** Moves without any record; not counted in `moves`. */
  readonly unauditedMoves: readonly (UnauditedMove & { atIso: string })[];
  readonly selfGrants: readonly (SelfGrant & { atIso: string })[];
  /** Records that grant a privileged role outside the change windows of the policy and of ServiceNow. */
  readonly ghostAdmins: readonly string[];
  readonly joinedBursts: readonly JoinedBursts[];
  readonly groups: readonly (Group & { count: number })[];
  readonly badRecords: readonly BadRecord[];
  readonly lateRecordIds: readonly string[];
  readonly commits: readonly {
    key: string;
    hash: string;
    mergeHash: string;
    subject: string;
    committedAt: string;
    mergedAt: string;
    touches: readonly string[];
    /** What its host says of it. */
    review: ReviewFate;
  }[];
  readonly issues: readonly {
    key: string;
    status: string;
    transitions: readonly { at: string; from: string; to: string }[];
  }[];
  readonly changeRequests: readonly {
    number: string;
    state: string;
    approval: string;
    startAt: string;
    endAt: string;
    approvedAt: string | null;
    trace: string;
  }[];
  readonly hris: { employees: number; drift: readonly Drift[] };
  readonly conversations: readonly Conversation[];
  readonly customers: readonly string[];
  readonly live: readonly RecordTruth[];
  readonly appended: number;
};

export type RecordTruth = Label & {
  readonly id: string;
  readonly eventDate: string;
  readonly service: string;
  readonly action: string;
  readonly entityType: string;
  readonly level: string;
};

/** The truth about everything planted and, separately, about what happened live. */
export function truthOf(sandbox: Sandbox): Truth {
  const { world, history, store } = sandbox;
  const sums = sumLabels(sandbox);
  const total = sums.accountable;
  const unlinked = total - sums.linkage.linked;
  return {
    seed: world.seed,
    anchor: isoSeconds(world.anchor),
    from: isoSeconds(world.anchor - 90 * 86_400_000),
    orgId: world.orgId,
    totals: {
      records: history.planted.length + store.bulk.count,
      byLevel: sums.byLevel,
      byService: sums.byService,
      byDay: sums.byDay,
    },
    accountable: total,
    excluded: sums.excluded,
    linkage: sums.linkage,
    linkageReasons: sums.linkageReasons,
    unlinkedChangeRate: { unlinked, total, rate: unlinked / total },
    actorKinds: sums.actorKinds,
    directory: directoryTotals(sandbox),
    nameChanges: sandbox.nameChanges.map((change) => ({ ...change, atIso: isoSeconds(change.at) })),
    shortLived: history.shortLived,
    oddNames: ODD_NAMES,
    moves: history.moves.map((move) => ({ ...move, atIso: isoSeconds(move.at) })),
    selfMoves: history.moves.filter((move) => move.selfMove).map((move) => move.auditId),
    notMoves: history.notMoves,
    unauditedMoves: history.unauditedMoves.map((move) => ({ ...move, atIso: isoSeconds(move.at) })),
    selfGrants: history.selfGrants.map((grant) => ({ ...grant, atIso: isoSeconds(grant.at) })),
    ghostAdmins: ghostAdminsOf(history.planted),
    joinedBursts: history.joinedBursts,
    groups: history.groups.map((group) => ({ ...group, count: group.auditIds.length })),
    badRecords: badRecordsOf(world, sandbox.faults.badRecords),
    lateRecordIds: [...hiddenIds(sandbox)],
    commits: sandbox.repository.commits.map((commit) => ({
      key: commit.key,
      hash: commit.hash,
      mergeHash: commit.mergeHash,
      subject: commit.subject,
      committedAt: isoSeconds(commit.committedAt),
      mergedAt: isoSeconds(commit.mergedAt),
      touches: commit.touches.map((object) => object.id),
      review: fateOf(commit),
    })),
    issues: [...history.desk.jira.issues.values()].map((issue) => ({
      key: issue.key,
      status: history.desk.jira.statusAt(issue, Number.POSITIVE_INFINITY),
      transitions: issue.transitions.map((step) => ({
        at: isoSeconds(step.at),
        from: step.from,
        to: step.to,
      })),
    })),
    changeRequests: [...history.desk.serviceNow.changes.values()].map((change) => ({
      number: change.number,
      state: change.state,
      approval: change.approval,
      startAt: isoSeconds(change.startAt),
      endAt: isoSeconds(change.endAt),
      approvedAt: change.approvalSetAt === null ? null : isoSeconds(change.approvalSetAt),
      trace: change.trace,
    })),
    hris: (({ employees, drift }) => ({ employees: employees.length, drift }))(personnel(world)),
    conversations: conversationsOf(world),
    customers: customerIds(),
    live: sandbox.live.map(recordTruth),
    appended: sandbox.appended.length,
  };
}

/** One record's label with what a test needs to find it. */
export function recordTruth(planted: Planted): RecordTruth {
  const { record, label } = planted;
  return {
    id: record.id,
    eventDate: record.eventDate,
    service: record.serviceName,
    action: record.action,
    entityType: record.entityType,
    level: record.level,
    ...label,
  };
}

function sumLabels(sandbox: Sandbox) {
  const byLevel: Record<string, number> = {};
  const byService: Record<string, number> = {};
  const byDay: Record<string, number> = {};
  const actorKinds: Record<string, number> = {};
  const excluded = { platform: 0, genesys_internal: 0, failure: 0, read: 0 };
  const linkageReasons: Record<string, number> = {};
  const linkage = { linked: 0, late_approval: 0, outside_window: 0, mismatch: 0, unlinked: 0 };
  let accountable = 0;
  const { planted } = sandbox.history;
  for (const { record, label } of planted) {
    add(byLevel, record.level);
    add(byService, record.serviceName);
    add(byDay, record.eventDate.slice(0, 10));
    add(actorKinds, label.actorKind);
    if (label.excludedReason !== null) excluded[label.excludedReason] += 1;
    if (label.accountable) accountable += 1;
    if (label.linkage !== 'not_applicable') linkage[label.linkage] += 1;
    const reason = reasonOf(label);
    if (reason !== null) add(linkageReasons, reason);
  }
  const bulk = sandbox.store.bulk.counts();
  const bulkChanges = bulk.linked + bulk.unlinked;
  add(byLevel, 'SYSTEM', bulk.platform);
  add(byLevel, 'USER', bulkChanges);
  add(byService, 'Directory', bulk.platform);
  add(byService, 'ContactCenter', bulkChanges);
  add(actorKinds, 'platform', bulk.platform);
  add(actorKinds, 'person', bulkChanges);
  for (const [day, count] of Object.entries(sandbox.store.bulk.byDay())) add(byDay, day, count);
  excluded.platform += bulk.platform;
  accountable += bulkChanges;
  linkage.linked += bulk.linked;
  linkage.unlinked += bulk.unlinked;
  add(linkageReasons, 'cites_nothing', bulk.unlinked);
  return { byLevel, byService, byDay, actorKinds, excluded, linkage, linkageReasons, accountable };
}

function directoryTotals(sandbox: Sandbox): Truth['directory'] {
  const { world } = sandbox;
  const now = world.anchor;
  const users = { active: 0, inactive: 0, deleted: 0 };
  for (const user of world.users.list(now)) users[user.state] += 1;
  const counted = {
    divisions: world.divisions,
    roles: world.roles,
    grants: world.grants,
    groups: world.groups,
    queues: world.queues,
    skills: world.skills,
    flows: world.flows,
    trunks: world.trunks,
    oauthClients: world.oauthClients,
    integrations: world.integrations,
    actions: world.actions,
    dataTables: world.dataTables,
  };
  const lists = Object.fromEntries(
    Object.entries(counted).map(([kind, timeline]) => [kind, timeline.list(now).length]),
  );
  return {
    users: { ...users, any: users.active + users.inactive + users.deleted },
    ...lists,
    divisionsDeleted: world.divisions.gone(now).length,
  };
}

function add(counts: Record<string, number>, key: string, by = 1): void {
  if (by > 0) counts[key] = (counts[key] ?? 0) + by;
}
