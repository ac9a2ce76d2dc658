'use client';

import type { ReactNode } from 'react';
import { TallyMark } from '@/components/tally/tally-mark';
import { Definition } from '@/components/ui/data/definition';
import { formatSpan, wordsOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import type { LinkClaimDto } from '@/lib/changes/contract';
import { approvalDistance, formatConfidence } from '../provenance';

const KINDS = {
  jira: 'Jira issue',
  servicenow: 'ServiceNow change',
  commit: 'Commit',
  manual: 'Linked by hand',
} as const;

/** One citation and what it was worth at the moment of the change. */
export function LinkClaim({
  claim,
  eventDate,
  strike,
}: {
  readonly claim: LinkClaimDto;
  readonly eventDate: string;
  /** What a person may do about the claim. */
  readonly strike?: ReactNode;
}) {
  return (
    <li className="py-2">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="text-sm text-muted">{KINDS[claim.kind]}</span>
        <Reference claim={claim} />
        {claim.title === null ? null : <span dir="auto">{claim.title}</span>}
        <TallyMark status={claim.status} className="ml-auto text-sm" />
        {strike}
      </div>
      <details className="mt-1" open={claim.status !== 'linked'}>
        <summary className="min-h-6 text-sm text-muted hover:text-ink">
          How we found it · confidence {formatConfidence(claim.confidence)}
        </summary>
        <div className="mt-1">
          <Definition rows={claimRows(claim, eventDate)} />
        </div>
      </details>
    </li>
  );
}

function Reference({ claim }: { readonly claim: LinkClaimDto }) {
  const text = claim.kind === 'commit' ? claim.reference.slice(0, 12) : claim.reference;
  // Only http addresses become links: the address was built from what somebody typed into a record.
  if (claim.url === null || !/^https?:\/\//.test(claim.url)) {
    return (
      <span className="font-mono" title={claim.reference}>
        {text}
      </span>
    );
  }
  return (
    <a
      href={claim.url}
      target="_blank"
      rel="noreferrer noopener"
      title={claim.reference}
      className="door font-mono"
    >
      {text}
    </a>
  );
}

function claimRows(claim: LinkClaimDto, eventDate: string) {
  return [
    { term: 'Found by', value: wordsOf(claim.foundBy) },
    {
      term: 'Status at the time',
      value: claim.ticketStatusAtChange ?? <span className="text-muted">not known</span>,
    },
    { term: 'Approved', value: <Approval claim={claim} eventDate={eventDate} /> },
    {
      term: 'Window',
      value:
        claim.window === null ? (
          <span className="text-muted">none stated</span>
        ) : (
          <>
            <Time at={claim.window.from} precision="minute" /> to{' '}
            <Time at={claim.window.to} precision="minute" />
          </>
        ),
    },
    { term: 'Names the object', value: namesTarget(claim.namesTarget) },
    { term: 'Confidence', value: formatConfidence(claim.confidence) },
    {
      term: 'Reasons',
      value:
        claim.reasons.length === 0 ? (
          <span className="text-muted">none recorded</span>
        ) : (
          <Reasons reasons={claim.reasons} />
        ),
    },
    { term: 'Looked up', value: <Time at={claim.checkedAt} /> },
  ];
}

function Approval({ claim, eventDate }: { readonly claim: LinkClaimDto; readonly eventDate: string }) {
  if (claim.approvedAt === null) return <span className="text-muted">no approval known</span>;
  const { ms, before } = approvalDistance(claim.approvedAt, eventDate);
  return (
    <>
      <Time at={claim.approvedAt} />
      {claim.approvers.length === 0 ? null : <> by {claim.approvers.join(', ')}</>}
      <span className={before ? 'text-muted' : 'text-late'}>
        {', '}
        {formatSpan(ms)} {before ? 'before' : 'after'} the change
      </span>
    </>
  );
}

function namesTarget(names: boolean | null): string {
  if (names === null) return 'it names no object';
  return names ? 'yes, this one' : 'no, it names others';
}

function Reasons({ reasons }: { readonly reasons: readonly string[] }) {
  return (
    <ul className="list-disc pl-4">
      {reasons.map((reason) => (
        <li key={reason}>{wordsOf(reason)}</li>
      ))}
    </ul>
  );
}
