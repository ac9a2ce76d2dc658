'use client';

import Link from 'next/link';
import { useDetectionTitle } from '@/components/alerts/use-detections';
import { RiskBars } from '@/components/tally/risk-bars';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/data/time';
import { useScope } from '@/components/url/use-scope';
import type { ResponseDetailDto } from '@/lib/alerts/contract/responses';
import { Countdown } from '../countdown';
import { ResponseMark } from '../response-mark';
import { MODE_WORDS } from '../words';

/** What it does in one sentence, where it stands, and how long there is left. */
export function ResponseHead({ response }: { readonly response: ResponseDetailDto }) {
  const { href } = useScope();
  const titleOf = useDetectionTitle();
  const link = (id: string) => href(`/responses/${encodeURIComponent(id)}`);
  return (
    <header>
      <div className="flex flex-wrap items-start gap-x-3 md:flex-nowrap">
        <h1 dir="auto" className="min-w-0 flex-1 font-serif text-xl wrap-anywhere md:text-2xl">
          {response.sentence}
        </h1>
        <RiskBars risk={response.severity} className="pt-1.5 font-medium max-md:w-full" />
      </div>
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <ResponseMark state={response.state} />
        {response.state === 'waiting' && response.expiresAt !== null ? (
          <Countdown until={response.expiresAt} />
        ) : null}
        {response.because === null || response.state === 'waiting' ? null : (
          <span className="text-muted">{response.because}</span>
        )}
      </p>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm text-muted">
        <span>{titleOf(response.rule)}</span>
        <span>
          asked by <bdi className="text-ink">{response.requestedBy}</bdi> <Time at={response.proposedAt} />
        </span>
        <span>{MODE_WORDS[response.mode]}</span>
        {response.undoOf === null ? null : (
          <Link className="door" href={link(response.undoOf)}>
            undoes an earlier response
          </Link>
        )}
        {response.undoneBy === null ? null : (
          <Link className="door" href={link(response.undoneBy)}>
            undone by a later response
          </Link>
        )}
      </p>
      {response.may.approve.allowed ? (
        <Button asChild look="primary" className="mt-3 w-full justify-center lg:hidden">
          <a href="#decision">Go to the decision</a>
        </Button>
      ) : null}
    </header>
  );
}
