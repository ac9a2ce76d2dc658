import { uuidOf } from '../world/chance.ts';
import { DAY, HOUR } from '../world/clock.ts';
import type { World } from '../world/shapes.ts';

export type Transition = { at: number; from: string; to: string; author: string };

export type Issue = {
  id: string;
  key: string;
  project: string;
  summary: string;
  description: string;
  objectId: string | null;
  createdAt: number;
  transitions: Transition[];
  reporter: string;
  assignee: string;
};

/** The Jira site: three projects that have issues, and a few approvers. */
export const JIRA_PROJECTS = {
  NWC: 'Northwind contact centre',
  TEL: 'Telephony',
  OPS: 'Standing operations',
} as const;
const APPROVERS = ['Priya Nair', 'Hamza Qureshi', 'Dana Whitfield'];

/** Holds the issues and opens new ones with consecutive keys. */
export class JiraSite {
  readonly issues = new Map<string, Issue>();
  private readonly world: World;
  private readonly counters = new Map<string, number>();

  constructor(world: World) {
    this.world = world;
  }

  /** Opens an issue that walks through the given statuses. */
  open(issue: {
    project: keyof typeof JIRA_PROJECTS;
    summary: string;
    description?: string;
    objectId?: string;
    createdAt: number;
    walk: readonly [number, string][];
  }): Issue {
    const number = (this.counters.get(issue.project) ?? 0) + 1;
    this.counters.set(issue.project, number);
    const key = `${issue.project}-${number}`;
    const transitions: Transition[] = [];
    let from = 'To Do';
    for (const [at, to] of issue.walk) {
      transitions.push({ at, from, to, author: APPROVERS[number % APPROVERS.length] ?? 'Priya Nair' });
      from = to;
    }
    const made: Issue = {
      id: String(10_000 + this.issues.size + 1),
      key,
      project: issue.project,
      summary: issue.summary,
      description: issue.description ?? '',
      objectId: issue.objectId ?? null,
      createdAt: issue.createdAt,
      transitions,
      reporter: 'Marek Kowalczyk',
      assignee: 'Jonas Becker',
    };
    this.issues.set(key, made);
    return made;
  }

  /** What was approved long before the history: OPS-1 HR, OPS-2 bulk skills, OPS-3 routine, and an issue so that TEL counts as a project. */
  openStanding(): void {
    const createdAt = this.world.anchor - 120 * DAY;
    for (const summary of ['HR synchronisation', 'Bulk maintenance of skills', 'Routine agent skills']) {
      this.open({
        project: 'OPS',
        summary,
        createdAt,
        walk: [
          [createdAt + HOUR, 'In Review'],
          [createdAt + 2 * HOUR, 'Approved'],
        ],
      });
    }
    this.open({
      project: 'TEL',
      summary: 'Renew trunk certificates',
      createdAt,
      walk: [[createdAt + HOUR, 'In Review']],
    });
  }

  /** A key of an existing project that no issue bears and none ever will. */
  unknownKey(project: keyof typeof JIRA_PROJECTS, n: number): string {
    return `${project}-${90_000 + n}`;
  }

  statusAt(issue: Issue, at: number): string {
    let status = 'To Do';
    for (const transition of issue.transitions) if (transition.at <= at) status = transition.to;
    return status;
  }

  accountId(name: string): string {
    return uuidOf(this.world.seed, `jira/${name}`).replaceAll('-', '').slice(0, 24);
  }
}
