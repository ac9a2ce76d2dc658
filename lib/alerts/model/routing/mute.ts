import type { Finding } from '@/lib/findings/model/concern';

/** What is not sent until an instant, and why. */
export type Mute = {
  readonly id: string;
  readonly orgId: string;
  readonly rule: string;
  readonly subjectId: string | null;
  readonly actorId: string | null;
  readonly reason: string;
  readonly since: Date;
  readonly until: Date;
  readonly by: string;
  readonly liftedAt: Date | null;
  readonly liftedBy: string | null;
  readonly liftedBecause: string | null;
};

/** Whether it holds back at the instant. */
export function inForce(mute: Pick<Mute, 'since' | 'until' | 'liftedAt'>, at: Date): boolean {
  return mute.since <= at && at < mute.until && (mute.liftedAt === null || at < mute.liftedAt);
}

/** The mute in force that holds a finding back; null where none does, or none may. */
export function muteOf(
  mutes: readonly Mute[],
  finding: Pick<Finding, 'orgId' | 'rule' | 'subject' | 'actor' | 'unmutable'>,
  at: Date,
): Mute | null {
  if (finding.unmutable) return null;
  return (
    mutes.find(
      (mute) =>
        inForce(mute, at) &&
        mute.orgId === finding.orgId &&
        mute.rule === finding.rule &&
        (mute.subjectId === null || mute.subjectId === finding.subject.id) &&
        (mute.actorId === null || mute.actorId === finding.actor?.id),
    ) ?? null
  );
}
