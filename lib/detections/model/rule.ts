import type { Concern, ResponseKind } from '@/lib/findings/model/concern';
import type { Risk } from '@/lib/kernel/words';
import type { ChangeSubject, MoveSubject, MuteSubject, RuleContext, SilenceSubject } from './subject';

/** What a rule can be about. */
export type Subjects = {
  readonly change: ChangeSubject;
  readonly move: MoveSubject;
  readonly silence: SilenceSubject;
  readonly mute: MuteSubject;
};
export type SubjectKind = keyof Subjects;

/** A case the rule must find, or must leave alone; a test runs them all. */
export type Example<S> = {
  readonly name: string;
  readonly subject: S;
  readonly context?: Partial<RuleContext>;
  readonly finds: null | { readonly severity: Risk; readonly says?: RegExp; readonly key?: string };
};

/** One thing that would worry us: a file in `rules/` with this as its default export. Nothing else is edited to add one. */
export type Rule<K extends SubjectKind = SubjectKind> = {
  /** The name of its file. */
  readonly id: string;
  readonly title: string;
  /** What it finds and why that matters, for whoever reads the list of detections. */
  readonly about: string;
  readonly severity: Risk | 'varies';
  /** What whoever is told should do. */
  readonly runbook: string;
  /** Ids of controls that it gives evidence for. */
  readonly controls?: readonly string[];
  readonly on: K;
  /** Judged last and only about what no other rule found anything in. */
  readonly general?: true;
  /** Says no more than that it happened: leads no alert in which another rule of the same severity says more. */
  readonly plain?: true;
  readonly unmutable?: true;
  /** What it may propose to do. */
  readonly responses: readonly ResponseKind[];
  readonly judge: (subject: Subjects[K], context: RuleContext) => Concern | null;
  readonly examples: readonly Example<Subjects[K]>[];
};

/** A rule about any one kind of subject. */
export type AnyRule = { [K in SubjectKind]: Rule<K> }[SubjectKind];

/** A rule with the SHA-256 of its file, so that an old finding names the rule that made it. */
export type Resident = { readonly rule: AnyRule; readonly sha256: string };
