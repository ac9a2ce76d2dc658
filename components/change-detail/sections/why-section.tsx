import { TallyMark } from '@/components/tally/tally-mark';
import { LINKAGE_MEANINGS, LINKAGE_WORDS, PLANNING_WORDS } from '@/components/tally/words';
import { countOf, wordsOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import type { ChangeDetailDto } from '@/lib/changes/contract';
import { StrikeClaim } from '../manual/strike-claim';
import { Section } from '../section';
import { LinkClaim } from './link-claim';

/** The verdict, each claim behind it with what was true at the time, and what the verdict was before. */
export function WhySection({ change }: { readonly change: ChangeDetailDto }) {
  const { linkage } = change;
  return (
    <Section title="Why">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <TallyMark status={linkage.status} className="font-medium" />
        <span>{PLANNING_WORDS[change.planning]}</span>
      </div>
      <p className="mt-1 text-muted">
        {LINKAGE_MEANINGS[linkage.status]}.
        {linkage.reason === null ? '' : ` ${verdictReason(linkage.reason)}`}
      </p>
      {linkage.links.length === 0 ? (
        linkage.status === 'not_applicable' ? null : (
          <p className="mt-2">
            The record cites no ticket and no commit: neither its new descriptions, notes and comments, nor
            its message or context name one.
          </p>
        )
      ) : (
        <ul className="mt-2 divide-y border-y">
          {linkage.links.map((claim) => (
            <LinkClaim
              key={`${claim.kind} ${claim.reference}`}
              claim={claim}
              eventDate={change.eventDate}
              strike={<StrikeClaim changeId={change.id} claim={claim} />}
            />
          ))}
        </ul>
      )}
      <Verdicts change={change} />
    </Section>
  );
}

function verdictReason(reason: string): string {
  const words = wordsOf(reason);
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function Verdicts({ change }: { readonly change: ChangeDetailDto }) {
  if (change.verdicts.length === 0) return null;
  return (
    <details className="mt-2">
      <summary className="min-h-6 text-sm text-muted hover:text-ink">
        History of this verdict ({countOf(change.verdicts.length, 'decision')})
      </summary>
      <ol className="mt-1 flex flex-col gap-1 text-sm">
        {change.verdicts.map((verdict) => (
          <li key={verdict.decidedAt} className="flex flex-wrap gap-x-3">
            <Time at={verdict.decidedAt} />
            <span>{LINKAGE_WORDS[verdict.linkage]}</span>
            <span className="text-muted">{PLANNING_WORDS[verdict.planning]}</span>
            {verdict.reason === null ? null : <span className="text-muted">{wordsOf(verdict.reason)}</span>}
          </li>
        ))}
      </ol>
    </details>
  );
}
