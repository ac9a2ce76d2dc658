import { ServiceNowSite } from '../outside/change-requests.ts';
import { JiraSite } from '../outside/jira-issues.ts';
import type { Repository, RepositoryCommit } from '../outside/repository.ts';
import { DAY, HOUR, MINUTE } from '../world/clock.ts';
import type { World } from '../world/shapes.ts';
import { cited, nonexistentHash, shortHash } from './citation-text.ts';
import { type Citation, NO_CITATION } from './planter.ts';

type Named = { readonly id: string; readonly name: string };

/**
 * Writes the tickets first and the citation from them, so that what a citation comes to is known by construction. Every
 * method answers a text to put into a change at instant `at`, with the status that change must then have.
 */
export class CitationDesk {
  readonly jira: JiraSite;
  readonly serviceNow: ServiceNowSite;
  private readonly world: World;
  private readonly repository: Repository;
  private readonly standing = new Map<string, string>();
  private counter = 0;

  constructor(world: World, repository: Repository) {
    this.world = world;
    this.repository = repository;
    this.jira = new JiraSite(world);
    this.serviceNow = new ServiceNowSite(world);
    this.jira.openStanding();
  }

  /** A Jira issue approved before; one issue serves all changes of three days. */
  jiraShared(at: number): Citation {
    const period = Math.floor((this.world.anchor - at) / (3 * DAY));
    const opened = this.world.anchor - (period + 1) * 3 * DAY - 2 * DAY;
    const shared =
      this.standing.get(`shared/${period}`) ??
      this.openApproved('NWC', `Changes of period ${period}`, opened, opened + DAY);
    this.standing.set(`shared/${period}`, shared);
    return cited(`Approved as ${shared}`, 'linked', shared);
  }

  /** A standing approval that covers every change of a kind: OPS-1 HR, OPS-2 bulk skills, OPS-3 routine. */
  standingOrder(key: 'OPS-1' | 'OPS-2' | 'OPS-3'): Citation {
    return cited(`Standing order ${key}`, 'linked', key);
  }

  /** A Jira issue of its own that names the very object, in its text or in its object field. */
  jiraNaming(at: number, target: Named): Citation {
    const inField = this.next() % 2 === 0;
    const issue = this.jira.open({
      project: 'NWC',
      summary: `Change ${target.name}`,
      description: inField ? 'See the object field.' : `Please change object ${target.id} as agreed.`,
      ...(inField ? { objectId: target.id } : {}),
      createdAt: at - 2 * DAY,
      walk: [
        [at - 2 * DAY + HOUR, 'In Review'],
        [at - DAY, 'Approved'],
        [Math.min(at + HOUR, this.world.anchor - MINUTE), 'Done'],
      ],
    });
    return cited(`${issue.key}: agreed change`, 'linked', issue.key);
  }

  /** Approved in the very second of the change: counts as before. */
  jiraAtTheInstant(at: number): Citation {
    const key = this.openApproved('NWC', 'Approved just in time', at - DAY, at);
    return cited(`see ${key}.`, 'linked', key, 'boundary:approved-at-t');
  }

  /** A change request approved before, with the change inside its window; every third names the object. */
  chgInside(at: number, target: Named): Citation {
    const count = this.next();
    const startAt = count % 10 === 0 ? at : at - HOUR;
    const request = this.serviceNow.open({
      summary: `Change ${target.name}`,
      startAt,
      endAt: at + 2 * HOUR,
      createdAt: at - 3 * DAY,
      approvedAt: at - DAY,
      ...(count % 3 === 0 ? { item: target } : {}),
      ...(count % 14 === 0 ? { type: 'emergency' as const } : {}),
    });
    return cited(
      `${request.number} implemented`,
      'linked',
      request.number,
      ...(startAt === at ? ['boundary:window-start'] : []),
    );
  }

  /** A commit whose diff touches the object. */
  commit(commit: RepositoryCommit, useMerge = false): Citation {
    const hash = shortHash(useMerge ? commit.mergeHash : commit.hash);
    return cited(`[sha:${hash}]`, 'linked', hash);
  }

  /** Approved, but only after the change was made. */
  late(at: number): Citation {
    const approvedAt = Math.min(at + 2 * HOUR + (this.next() % 30) * HOUR, this.world.anchor - 10 * MINUTE);
    if (this.counter % 2 === 0) {
      const key = this.openApproved('NWC', 'Asked for afterwards', at - HOUR, approvedAt);
      return cited(`${key} filed`, 'late_approval', key);
    }
    const request = this.serviceNow.open({
      summary: 'Approved afterwards',
      startAt: at - HOUR,
      endAt: at + HOUR,
      createdAt: at - HOUR,
      approvedAt,
    });
    return cited(`under ${request.number}`, 'late_approval', request.number);
  }

  /** Approved before, but done outside the agreed window; every fourth exactly at its end, which is already outside. */
  outside(at: number): Citation {
    const count = this.next();
    const before = count % 2 === 0;
    const atTheEnd = count % 4 === 1;
    const startAt = before ? at + HOUR : at - 5 * HOUR;
    const endAt = before ? at + 3 * HOUR : atTheEnd ? at : at - 2 * HOUR;
    const request = this.serviceNow.open({
      summary: 'Agreed for another time',
      startAt,
      endAt,
      createdAt: at - 6 * DAY,
      approvedAt: at - 4 * DAY,
    });
    return cited(
      `${request.number}`,
      'outside_window',
      request.number,
      ...(atTheEnd ? ['boundary:window-end'] : []),
    );
  }

  /** Cites something that does not hold: in one of ten ways, by default in turn. */
  mismatch(at: number, target: Named, other: Named, way?: number): Citation {
    const count = way ?? this.next();
    const ways = [
      () =>
        cited(
          `per ${this.jira.unknownKey('NWC', count)}`,
          'mismatch',
          this.jira.unknownKey('NWC', count),
          'mismatch:unknown-issue',
        ),
      () =>
        cited(
          `per ${this.serviceNow.unknownNumber(count)}`,
          'mismatch',
          this.serviceNow.unknownNumber(count),
          'mismatch:unknown-change-request',
        ),
      () =>
        cited(
          `[sha:${nonexistentHash(count)}]`,
          'mismatch',
          nonexistentHash(count),
          'mismatch:unknown-commit',
        ),
      () =>
        this.walked(
          at,
          [
            [at - DAY, 'In Review'],
            [at - HOUR, 'Rejected'],
          ],
          'mismatch:rejected',
        ),
      () =>
        this.walked(
          at,
          [
            [at - 2 * DAY, 'Approved'],
            [at - HOUR, 'Cancelled'],
          ],
          'mismatch:cancelled',
        ),
      () => this.walked(at, [[at - DAY, 'In Review']], 'mismatch:never-approved'),
      () => this.namingOther(at, other),
      () => this.chgBad(at, target, { rejectedAt: at - HOUR }, 'mismatch:chg-rejected'),
      () => this.chgBad(at, target, { cancelledAt: at - HOUR }, 'mismatch:chg-cancelled'),
      () => this.chgBad(at, other, {}, 'mismatch:chg-other-object'),
    ];
    return (ways[count % ways.length] ?? ways[0]!)();
  }

  /** Two citations of which the better one wins. */
  mixed(at: number, better: 'linked' | 'late_approval' | 'outside_window'): Citation {
    const first =
      better === 'linked'
        ? this.jiraShared(at)
        : better === 'late_approval'
          ? this.late(at)
          : this.outside(at);
    const second =
      better === 'late_approval'
        ? this.outside(at)
        : cited(
            `and ${this.jira.unknownKey('TEL', this.next())}`,
            'mismatch',
            this.jira.unknownKey('TEL', this.counter),
          );
    return {
      text: `${second.text}; ${first.text}`,
      linkage: better,
      citations: [...second.citations, ...first.citations],
      marks: ['two-citations'],
    };
  }

  /** Approved, and the approval taken back before the change. */
  withdrawn(at: number): Citation {
    const request = this.serviceNow.open({
      summary: 'Approval taken back',
      startAt: at - HOUR,
      endAt: at + HOUR,
      createdAt: at - 4 * DAY,
      approvedAt: at - 2 * DAY,
      withdrawnAt: at - HOUR,
    });
    return cited(`${request.number}`, 'mismatch', request.number, 'mismatch:withdrawn');
  }

  /** Seven digits with which two commits begin. */
  ambiguousCommit(): Citation {
    const prefix = this.repository.twinPrefix;
    return cited(`[sha:${prefix}]`, 'mismatch', prefix, 'mismatch:ambiguous-commit');
  }

  /**
   * Nothing in the change names the request; the request's configuration item is the changed object, by its id or by its name
   * alone, and it was in force: in an approved window, or in state Implement.
   */
  byItem(at: number, target: Named, how: 'id' | 'name' | 'implement' | 'late'): Citation {
    const request = this.serviceNow.open({
      summary: `Work on ${target.name}`,
      startAt: at - HOUR,
      endAt: at + HOUR,
      createdAt: at - 3 * DAY,
      approvedAt: how === 'late' ? at + 2 * HOUR : at - DAY,
      item: { ...target, byNameAlone: how === 'name' },
      ...(how === 'implement' ? { implementedAt: at - 30 * MINUTE } : {}),
    });
    return {
      text: '',
      linkage: how === 'late' ? 'late_approval' : 'linked',
      citations: [request.number],
      marks: ['by-item', `by-item:${how}`],
    };
  }

  /** A request for the changed object that was not in force: for another time, or never approved. It says nothing about the change. */
  itemNotInForce(at: number, target: Named, how: 'other-time' | 'never-approved'): Citation {
    this.serviceNow.open({
      summary: `Work on ${target.name}`,
      startAt: how === 'other-time' ? at + 5 * HOUR : at - HOUR,
      endAt: how === 'other-time' ? at + 6 * HOUR : at + HOUR,
      createdAt: at - 3 * DAY,
      approvedAt: how === 'other-time' ? at - DAY : null,
      item: target,
    });
    return { ...NO_CITATION, marks: [`item-not-in-force:${how}`] };
  }

  none(): Citation {
    return NO_CITATION;
  }

  commitOf(key: string): RepositoryCommit {
    const found = this.repository.commits.find((commit) => commit.key === key);
    if (found === undefined) throw new Error(`no commit planned as ${key}`);
    return found;
  }

  private walked(at: number, walk: readonly [number, string][], mark: string): Citation {
    const issue = this.jira.open({
      project: 'NWC',
      summary: 'Did not come to pass',
      createdAt: at - 3 * DAY,
      walk,
    });
    return cited(`${issue.key}`, 'mismatch', issue.key, mark);
  }

  private namingOther(at: number, other: Named): Citation {
    const issue = this.jira.open({
      project: 'NWC',
      summary: `Change ${other.name}`,
      description: `Please change object ${other.id}.`,
      createdAt: at - 2 * DAY,
      walk: [[at - DAY, 'Approved']],
    });
    return cited(`as in ${issue.key}`, 'mismatch', issue.key, 'mismatch:other-object');
  }

  private chgBad(
    at: number,
    item: Named,
    fate: { rejectedAt?: number; cancelledAt?: number },
    mark: string,
  ): Citation {
    const approvedAt = fate.rejectedAt === undefined ? at - 2 * DAY : null;
    const request = this.serviceNow.open({
      summary: 'Not as cited',
      startAt: at - HOUR,
      endAt: at + HOUR,
      createdAt: at - 4 * DAY,
      approvedAt,
      item,
      ...fate,
    });
    return cited(`${request.number}`, 'mismatch', request.number, mark);
  }

  private openApproved(
    project: 'NWC' | 'TEL',
    summary: string,
    createdAt: number,
    approvedAt: number,
  ): string {
    const review = Math.min(createdAt + 30 * MINUTE, approvedAt);
    return this.jira.open({
      project,
      summary,
      createdAt,
      walk: [
        [review, 'In Review'],
        [approvedAt, 'Approved'],
      ],
    }).key;
  }

  private next(): number {
    this.counter += 1;
    return this.counter;
  }
}
