import type { ReactNode } from 'react';
import { formatSpan } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import type { LinkClaimDto } from '@/lib/changes/contract';
import type { TicketNowDto } from '@/lib/changes/contract/links';
import { approvalDistance } from '../provenance';

type ThenAndNowProps = {
  readonly claim: LinkClaimDto;
  readonly eventDate: string;
  /** The ticket as it is now; undefined for what is no ticket, or was never read. */
  readonly now: TicketNowDto | undefined;
};

/** What the ticket said when the change was made, which alone counts, beside what it says now. */
export function ThenAndNow({ claim, eventDate, now }: ThenAndNowProps) {
  const decided = now?.decision ?? null;
  return (
    <div className="mt-3 grid gap-x-6 gap-y-2 text-sm sm:grid-cols-2">
      <Side title="When the change was made">
        <Line term="Status">{claim.ticketStatusAtChange ?? <Muted>not known</Muted>}</Line>
        <Line term="Approved">
          <Approval claim={claim} eventDate={eventDate} />
        </Line>
      </Side>
      {now === undefined ? null : (
        <Side title="Now">
          {now.goneSince === null ? (
            <>
              <Line term="Status">
                {now.status ?? <Muted>not known</Muted>}
                {now.statusSince === null ? null : (
                  <Muted>
                    {' '}
                    since <Time at={now.statusSince} precision="minute" />
                  </Muted>
                )}
              </Line>
              <Line term="Last decision">
                {decided === null ? (
                  <Muted>none</Muted>
                ) : (
                  <>
                    {decided.verdict} <Time at={decided.at} precision="minute" />
                    {decided.by === null ? null : <> by {decided.by}</>}
                  </>
                )}
              </Line>
            </>
          ) : (
            <Line term="Status">
              <span className="text-mismatch">
                not there any more since <Time at={now.goneSince} precision="minute" />
              </span>
            </Line>
          )}
          {now.notCheckedBecause === null ? null : (
            <Line term="Not re-checked">
              <span className="text-late">{now.notCheckedBecause}</span>
            </Line>
          )}
        </Side>
      )}
    </div>
  );
}

function Approval({ claim, eventDate }: Pick<ThenAndNowProps, 'claim' | 'eventDate'>) {
  if (claim.approvedAt === null) return <Muted>no approval known</Muted>;
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

function Side({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0 border-l-2 border-line pl-3">
      <p className="text-xs font-medium tracking-wide text-muted uppercase">{title}</p>
      <dl>{children}</dl>
    </div>
  );
}

function Line({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-2">
      <dt className="w-24 shrink-0 text-muted">{term}</dt>
      <dd className="min-w-0 flex-1 basis-40 wrap-anywhere">{children}</dd>
    </div>
  );
}

function Muted({ children }: { readonly children: ReactNode }) {
  return <span className="text-muted">{children}</span>;
}
