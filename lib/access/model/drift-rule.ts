import type { Risk } from '@/lib/kernel/words';
import type { Drift } from './drift';
import type { ClientSubject, ReconcileContext, UserSubject } from './subject';

/** What a rule has to know. Where one of them is missing, the rule is not evaluated and clears nothing. */
export const NEEDS = [
  'users',
  'grants',
  'roles',
  'clients',
  'divisions',
  'people',
  'audit',
  'breakGlass',
] as const;
export type Need = (typeof NEEDS)[number];

type Subjects = { readonly user: UserSubject; readonly client: ClientSubject };
export type SubjectKind = keyof Subjects;

export type DriftExample<S> = {
  readonly name: string;
  readonly subject: S;
  readonly context?: Partial<ReconcileContext>;
  /** What it says of each right, in order; empty: it leaves the subject alone. */
  readonly finds: readonly { readonly severity: Risk; readonly right: string; readonly says?: RegExp }[];
};

/** One way in which access drifts: a file in `rules/` with this as its default export. Nothing else is edited to add one. */
export type DriftRule<K extends SubjectKind = SubjectKind> = {
  /** The name of its file. */
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly severity: Risk | 'varies';
  readonly runbook: string;
  readonly controls: readonly string[];
  readonly needs: readonly Need[];
  readonly on: K;
  /** Of several rules that say something about one right of one person, the one with the lowest rank leads. */
  readonly rank: number;
  readonly judge: (subject: Subjects[K], context: ReconcileContext) => readonly Drift[];
  readonly examples: readonly DriftExample<Subjects[K]>[];
};

export type AnyDriftRule = { [K in SubjectKind]: DriftRule<K> }[SubjectKind];

/** A rule with the SHA-256 of its file. */
export type DriftResident = { readonly rule: AnyDriftRule; readonly sha256: string };
