import { queueId } from '../world/build.ts';
import { mailOf } from '../world/cast.ts';
import { cycle, uuidOf } from '../world/chance.ts';
import { ago, DAY, MINUTE } from '../world/clock.ts';
import { QUEUES, SKILLS } from '../world/names.ts';
import type { World } from '../world/shapes.ts';

export type ManagedObject = {
  readonly kind: 'queue' | 'skill';
  readonly id: string;
  readonly name: string;
  readonly file: string;
};

/** One reviewed change of the repository: a commit on a branch and, by another person, its merge. */
export type PlannedCommit = {
  readonly key: string;
  readonly subject: string;
  readonly author: string;
  readonly reviewer: string;
  readonly committedAt: number;
  readonly mergedAt: number;
  readonly touches: readonly ManagedObject[];
};

/** How many times the pipeline applied a merge. */
export const APPLIES = 36;
const ENGINEERS = ['Marek Kowalczyk', 'Jonas Becker', 'Ana Ruiz', 'Tobias Lindqvist'];
const REVIEWERS = ['Priya Nair', 'Hamza Qureshi', 'Dana Whitfield'];
const UNMANAGED = ['EMEA Renewals', 'Care Overflow', 'Partner Hotline', 'Care General'];

/** Everything the repository declares: most queues, by region, and all skills. */
export function managedObjects(world: World): ManagedObject[] {
  const queues = QUEUES.filter(([name]) => !UNMANAGED.includes(name)).map(
    ([name, division]): ManagedObject => {
      const region = division.startsWith('EMEA') ? 'emea' : division.startsWith('US') ? 'us' : 'shared';
      return { kind: 'queue', id: queueId(world, name), name, file: `queues-${region}.tf` };
    },
  );
  const skills = SKILLS.map(
    (name): ManagedObject => ({
      kind: 'skill',
      id: uuidOf(world.seed, `skill/${name}`),
      name,
      file: 'skills.tf',
    }),
  );
  return [...queues, ...skills];
}

/** The repository's history after its first commit, oldest first. */
export function planCommits(world: World): PlannedCommit[] {
  const objects = managedObjects(world);
  const queues = objects.filter((object) => object.kind === 'queue');
  const skills = objects.filter((object) => object.kind === 'skill');
  const commits: PlannedCommit[] = [];
  for (let index = 0; index < APPLIES; index += 1) {
    const daysAgo = 88 - Math.floor(index * 2.4);
    const touches = [
      ...Array.from({ length: 3 + (index % 3) }, (_, position) => cycle(queues, index * 3 + position)),
      ...Array.from({ length: 2 + (index % 4) }, (_, position) => cycle(skills, index * 5 + position)),
    ];
    commits.push(
      commit(world, {
        key: `apply/${index}`,
        subject: `Adjust ${touches[0]?.name ?? 'queues'} and ${touches.length - 1} more`,
        index,
        committedAt: ago(world.anchor, daysAgo, '08:31:07'),
        touches,
      }),
    );
  }
  // One large reviewed clean-up: the pipeline's burst of more than twenty changes.
  commits.push(
    commit(world, {
      key: 'apply/large',
      subject: 'Unify after-call work on every queue and skill',
      index: 2,
      committedAt: ago(world.anchor, 12, '14:02:00'),
      touches: [...queues.slice(0, 12), ...skills.slice(0, 12)],
    }),
  );
  // Written after the change that cites it: the commit came too late to authorise anything.
  commits.push(
    commit(world, {
      key: 'late/0',
      subject: 'Record the change of EMEA Sales Voice',
      index: 3,
      committedAt: ago(world.anchor, 9, '17:45:00'),
      touches: queues.slice(0, 1),
    }),
  );
  commits.push(
    commit(world, {
      key: 'late/1',
      subject: 'Record the change of US Sales Voice',
      index: 1,
      committedAt: ago(world.anchor, 6, '17:45:00'),
      touches: queues.filter((queue) => queue.name === 'US Sales Voice'),
    }),
  );
  return commits.sort((left, right) => left.committedAt - right.committedAt);
}

function commit(
  world: World,
  parts: {
    key: string;
    subject: string;
    index: number;
    committedAt: number;
    touches: readonly ManagedObject[];
  },
): PlannedCommit {
  const { key, subject, index, committedAt, touches } = parts;
  const mergedAt = Math.min(committedAt + 47 * MINUTE, world.anchor - DAY / 24);
  return {
    key,
    subject,
    author: cycle(ENGINEERS, index),
    reviewer: cycle(REVIEWERS, index),
    committedAt,
    mergedAt,
    touches,
  };
}

/** The identity line of a commit. */
export function identity(name: string, at: number): string {
  return `${name} <${mailOf(name)}> ${Math.floor(at / 1000)} +0000`;
}
