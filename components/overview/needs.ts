import { countOf } from '@/components/ui/data/format';
import type { DoorQuery } from '@/components/url/page-scope';
import type { Permission } from '@/lib/auth/contract';
import type { CoverageDto, FacetsDto } from '@/lib/changes/contract';
import type { CollectionRunDto, QuarantineDto } from '@/lib/changes/contract/collection';
import type { MoveSummaryDto } from '@/lib/divisions/contract';

/** Something that waits for the person who looks, and the door to where it is mended. */
export type Need = {
  readonly id: string;
  readonly text: string;
  readonly why: string;
  readonly tone: 'warn' | 'bad';
  readonly path: string;
  readonly query: DoorQuery;
};

export type NeedsInput = {
  readonly permissions: readonly Permission[] | readonly string[];
  readonly runs: readonly CollectionRunDto[] | undefined;
  readonly coverage: CoverageDto | undefined;
  readonly quarantine: readonly QuarantineDto[] | undefined;
  readonly highRisk: FacetsDto | undefined;
  readonly moves?: MoveSummaryDto | undefined;
};

/** What needs this person, loudest first. What the role can do nothing about is left out. */
export function needsOf({ permissions, runs, coverage, quarantine, highRisk, moves }: NeedsInput): Need[] {
  const may = (permission: Permission) => permissions.some((one) => one === permission);
  const needs: Need[] = [];
  const failed = latestPerOrg(runs ?? []).filter((run) => run.state === 'failed');
  if (failed.length > 0 && may('collections.run')) {
    needs.push({
      id: 'failed',
      text: `${countOf(failed.length, 'collection')} failed`,
      why: failed[0]?.message ?? 'The last run ended without an answer.',
      tone: 'bad',
      path: '/coverage',
      query: { view: 'runs' },
    });
  }
  const gaps = coverage?.totals.gap ?? 0;
  if (gaps > 0) {
    needs.push({
      id: 'gaps',
      text: `${countOf(gaps, 'hour')} missing`,
      why: 'Asked for and not answered; a new reading may still fill them.',
      tone: 'bad',
      path: '/coverage',
      query: {},
    });
  }
  if (moves !== undefined && may('moves.review')) needs.push(...reviewsOf(moves));
  const open = quarantine?.length ?? 0;
  if (open > 0 && may('quarantine.read')) {
    needs.push({
      id: 'quarantine',
      text: `${countOf(open, 'record')} could not be read`,
      why: may('quarantine.replay') ? 'Look at the reason, then replay.' : 'An operator can replay them.',
      tone: 'warn',
      path: '/coverage',
      query: { view: 'quarantine' },
    });
  }
  const unread = coverage?.totals.not_evaluated ?? 0;
  if (unread > 0 && may('sources.write')) {
    needs.push({
      id: 'permission',
      text: `${countOf(unread, 'hour')} may not be read`,
      why: 'The OAuth client lacks a permission for some services.',
      tone: 'warn',
      path: '/settings',
      query: {},
    });
  }
  const critical = highRisk?.facets.risk.find((one) => one.value === 'critical')?.count ?? 0;
  if (critical > 0) {
    needs.push({
      id: 'critical',
      text: `${countOf(critical, 'critical change')}`,
      why: 'Of this period, whoever made them.',
      tone: 'bad',
      path: '/changes',
      query: { risk: 'critical', accountable: 'all' },
    });
  }
  return needs;
}

/** Division moves that wait for somebody to say whether they were right. */
function reviewsOf({ pending, overdue }: MoveSummaryDto): Need[] {
  const needs: Need[] = [];
  if (overdue > 0) {
    needs.push({
      id: 'reviews-overdue',
      text: `${countOf(overdue, 'division move')} overdue for review`,
      why: 'Not reviewed by the due date that the policy gave.',
      tone: 'bad',
      path: '/division-moves',
      query: { review: 'overdue' },
    });
  }
  if (pending > 0) {
    needs.push({
      id: 'reviews',
      text: `${countOf(pending, 'division move')} awaiting review`,
      why: 'Approve or reject, with a comment; nobody reviews their own.',
      tone: 'warn',
      path: '/division-moves',
      query: { review: 'pending' },
    });
  }
  return needs;
}

/** Runs come newest first; an older failure that a later run made good needs nobody. */
function latestPerOrg(runs: readonly CollectionRunDto[]): CollectionRunDto[] {
  const seen = new Set<string>();
  return runs.filter((run) => {
    const key = `${run.orgId} ${run.kind}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
