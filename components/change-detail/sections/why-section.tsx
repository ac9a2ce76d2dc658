import type { ReactNode } from 'react';
import { TallyMark } from '@/components/tally/tally-mark';
import { LINKAGE_MEANINGS, PLANNING_WORDS } from '@/components/tally/words';
import { countOf, sentenceCase, wordsOf } from '@/components/ui/data/format';
import type { ChangeDetailDto, LinkClaimDto } from '@/lib/changes/contract';
import { ClaimCard } from '../linking/claim-card';
import { VerdictHistory } from '../linking/verdict-history';
import { Section } from '../section';

type WhySectionProps = {
  readonly change: ChangeDetailDto;
  /** What a person may do with a claim, under it. */
  readonly claimActions?: (claim: LinkClaimDto) => ReactNode;
  /** What belongs between the claims and the history of the verdict. */
  readonly children?: ReactNode;
};

/** The verdict, each claim behind it with what was true at the time, and what the verdict was before. */
export function WhySection({ change, claimActions, children }: WhySectionProps) {
  const { linkage } = change;
  const { links } = linkage;
  const nowOf = (claim: LinkClaimDto) =>
    change.tickets.find((one) => one.kind === claim.kind && one.reference === claim.reference);
  return (
    <Section title="Why">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <TallyMark status={linkage.status} className="font-medium" />
        <span>{PLANNING_WORDS[change.planning]}</span>
        {links.length < 2 ? null : (
          <span className="text-sm text-muted">best of {countOf(links.length, 'claim')}</span>
        )}
      </div>
      <p className="mt-1 text-muted">
        {LINKAGE_MEANINGS[linkage.status]}.{reasonBeside(linkage)}
      </p>
      {links.length === 0 ? (
        linkage.status === 'not_applicable' ? null : (
          <p className="mt-2">
            The record cites no ticket and no commit: neither its new descriptions, notes and comments, nor
            its message or context name one.
          </p>
        )
      ) : (
        <ul className="mt-3 flex flex-col gap-3">
          {links.map((claim, index) => (
            <ClaimCard
              key={`${claim.kind} ${claim.reference}`}
              claim={claim}
              eventDate={change.eventDate}
              now={nowOf(claim)}
              decides={index === 0}
              actions={claimActions?.(claim)}
            />
          ))}
        </ul>
      )}
      {children}
      <VerdictHistory verdicts={change.verdicts} />
    </Section>
  );
}

/** The reason as a sentence, where it says more than the status does. */
function reasonBeside({ status, reason }: ChangeDetailDto['linkage']): string {
  return reason === null || reason === status
    ? ''
    : ` ${sentenceCase(wordsOf(reason)).replace(/[.!?]?$/, '.')}`;
}
