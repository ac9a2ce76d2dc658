import { createHash } from 'node:crypto';
import { identity } from './commit-plan.ts';

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
/** The shortest word that may cite a commit. */
const DIGITS = 7;
const COMMITTED_AT = Date.parse('2020-02-03T09:00:00Z');
/** Notes under which the two hashes begin alike, found by trying. They depend on no seed and no anchor. */
const NOTES = [2399, 15640] as const;

export type Twins = {
  /** Seven digits with which both begin: what cites them names no one commit. */
  readonly prefix: string;
  /** Lines for `git fast-import`: two commits of nothing, each on a branch of its own. */
  readonly stream: readonly string[];
};

/** Two commits whose hashes begin with the same seven digits. */
export function twinCommits(): Twins {
  const who = identity('Jonas Becker', COMMITTED_AT);
  const messages = NOTES.map((note) => `Try out, note ${note}\n`);
  const [prefix = '', other = ''] = messages.map((message) => hashOf(who, message).slice(0, DIGITS));
  if (prefix !== other) throw new Error(`${prefix} and ${other} are no twins`);
  return {
    prefix,
    stream: messages.flatMap((message, index) => [
      `commit refs/heads/trial-${index + 1}`,
      `author ${who}`,
      `committer ${who}`,
      `data ${Buffer.byteLength(message)}\n${message}`,
    ]),
  };
}

function hashOf(who: string, message: string): string {
  const text = `tree ${EMPTY_TREE}\nauthor ${who}\ncommitter ${who}\n\n${message}`;
  return createHash('sha1')
    .update(`commit ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
}
