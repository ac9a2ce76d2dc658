'use client';

import { Check, ExternalLink, HelpCircle, X } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { TallyMark } from '@/components/tally/tally-mark';
import { Badge } from '@/components/ui/badge';
import { Definition } from '@/components/ui/data/definition';
import { sentenceCase, wordsOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import type { LinkClaimDto } from '@/lib/changes/contract';
import type { TicketNowDto } from '@/lib/changes/contract/links';
import { ConfidenceMeter } from './confidence-meter';
import { ThenAndNow } from './then-and-now';
import { WindowBar } from './window-bar';

const KINDS = {
  jira: 'Jira issue',
  servicenow: 'ServiceNow change',
  commit: 'Commit',
  manual: 'Linked by hand',
  window: 'Change window',
} as const;

type ClaimCardProps = {
  readonly claim: LinkClaimDto;
  readonly eventDate: string;
  readonly now: TicketNowDto | undefined;
  /** Whether this claim decided the verdict. */
  readonly decides: boolean;
  /** What a person may do with the claim. */
  readonly actions?: ReactNode;
};

/** One claim: what it names, what it was worth when the change was made and why, and what it says now. */
export function ClaimCard({ claim, eventDate, now, decides, actions }: ClaimCardProps) {
  const [because] = claim.reasons;
  // Of what does not exist there is nothing to tell but that.
  const isThere = now !== undefined || claim.url !== null || claim.approvedAt !== null;
  return (
    <li className={decides ? 'border-l-2 border-ink py-3 pl-4' : 'border-l-2 border-line py-3 pl-4'}>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <TallyMark status={claim.status} className="text-sm" />
        <Reference claim={claim} />
        {claim.title === null || claim.kind === 'window' ? null : (
          <span dir="auto" className="min-w-0 wrap-anywhere">
            {claim.title}
          </span>
        )}
        <span className="ml-auto flex flex-wrap items-center gap-2">
          {now?.emergency === true ? <Badge tone="warn">Emergency</Badge> : null}
          <span className="text-sm text-muted">{KINDS[claim.kind]}</span>
        </span>
      </div>
      {because === undefined ? null : <p className="mt-1 wrap-anywhere">{sentenceCase(because)}.</p>}
      {claim.window === null ? null : (
        <WindowBar claim={{ approvedAt: claim.approvedAt, window: claim.window }} eventDate={eventDate} />
      )}
      {isThere ? (
        <>
          <ThenAndNow claim={claim} eventDate={eventDate} now={now} />
          <NamesObject names={claim.namesTarget} />
        </>
      ) : null}
      <details className="mt-2" open={decides && claim.status !== 'linked'}>
        <summary className="min-h-6 text-sm text-muted hover:text-ink">
          How we found it and how sure we are
          <span className="ml-2 inline-flex align-middle">
            <ConfidenceMeter value={claim.confidence} />
          </span>
        </summary>
        <div className="mt-1">
          <Definition rows={evidenceRows(claim, now)} />
        </div>
      </details>
      {actions === undefined ? null : <div className="mt-2">{actions}</div>}
    </li>
  );
}

function Reference({ claim }: { readonly claim: LinkClaimDto }) {
  if (claim.kind === 'window') {
    return (
      <Link href={`/settings/change-windows/${claim.reference}`} className="door font-medium" dir="auto">
        {claim.title ?? claim.reference}
      </Link>
    );
  }
  const text = claim.kind === 'commit' ? claim.reference.slice(0, 12) : claim.reference;
  // Only http addresses become links: the address was built from what somebody typed into a record.
  if (claim.url === null || !/^https?:\/\//.test(claim.url)) {
    return (
      <span className="font-mono font-medium" title={claim.reference}>
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
      className="door inline-flex items-center gap-1 font-mono font-medium"
    >
      {text}
      <ExternalLink aria-hidden size={12} />
      <span className="sr-only">(opens in a new tab)</span>
    </a>
  );
}

const NAMES = {
  yes: { Icon: Check, look: 'text-linked', words: 'It names the object that was changed' },
  no: { Icon: X, look: 'text-mismatch', words: 'It names other objects, not the one that was changed' },
  unknown: { Icon: HelpCircle, look: 'text-muted', words: 'It names no object, so any may be meant' },
} as const;

function NamesObject({ names }: { readonly names: boolean | null }) {
  const { Icon, look, words } = NAMES[names === null ? 'unknown' : names ? 'yes' : 'no'];
  return (
    <p className={`mt-2 flex items-center gap-1.5 text-sm ${look}`}>
      <Icon aria-hidden size={14} className="shrink-0" />
      {words}
    </p>
  );
}

function evidenceRows(claim: LinkClaimDto, now: TicketNowDto | undefined) {
  return [
    { term: 'Found by', value: wordsOf(claim.foundBy) },
    { term: 'Confidence', value: <ConfidenceMeter value={claim.confidence} /> },
    {
      term: 'Reasons',
      value:
        claim.reasons.length === 0 ? (
          <span className="text-muted">none recorded</span>
        ) : (
          <ul className="list-disc pl-4">
            {claim.reasons.map((reason) => (
              <li key={reason}>{wordsOf(reason)}</li>
            ))}
          </ul>
        ),
    },
    { term: 'Checked', value: <Time at={now?.checkedAt ?? claim.checkedAt} /> },
  ];
}
