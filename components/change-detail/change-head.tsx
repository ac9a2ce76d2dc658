import { RiskBars } from '@/components/tally/risk-bars';
import { TallyGlyph } from '@/components/tally/tally-glyph';
import { ACTOR_KIND_WORDS, EXCLUSION_WORDS } from '@/components/tally/words';
import { Badge } from '@/components/ui/badge';
import { Time } from '@/components/ui/data/time';
import type { ChangeDetailDto } from '@/lib/changes/contract';
import { RiskReasons } from './risk-reasons';

type ChangeHeadProps = { readonly change: ChangeDetailDto; readonly level: 'page' | 'sheet' };

/** What happened in one sentence, its risk, when, from where and through what. */
export function ChangeHead({ change, level }: ChangeHeadProps) {
  const Heading = level === 'page' ? 'h1' : 'h2';
  return (
    <header>
      <div className="flex flex-wrap items-start gap-x-3 md:flex-nowrap">
        <TallyGlyph status={change.linkage.status} size={1.4} className="mt-1.5" />
        <Heading
          dir="auto"
          className={`min-w-0 flex-1 font-serif wrap-anywhere ${level === 'page' ? 'text-xl md:text-2xl' : 'text-xl'}`}
        >
          {change.sentence}
        </Heading>
        <RiskBars risk={change.risk.level} className="pt-1.5 font-medium max-md:w-full" />
      </div>
      <p className="mt-2 flex flex-wrap items-baseline gap-x-2 gap-y-1 text-sm text-muted">
        <Time at={change.eventDate} className="text-ink" />
        <span>
          · received <Time at={change.receivedAt} />
        </span>
        <span>
          · from{' '}
          {change.remoteIp.length === 0 ? (
            'an address not given'
          ) : (
            <span className="font-mono">{change.remoteIp.join(', ')}</span>
          )}
        </span>
        <span>· {throughWhat(change)}</span>
        <span>· {ACTOR_KIND_WORDS[change.actor.kind].toLowerCase()}</span>
      </p>
      <div className="mt-2 flex flex-wrap gap-1.5 empty:hidden">
        {change.provisional ? (
          <Badge tone="warn">Provisional: pushed, not confirmed by a pull yet</Badge>
        ) : null}
        {change.excludedReason === null ? null : (
          <Badge>Not accountable: {EXCLUSION_WORDS[change.excludedReason]}</Badge>
        )}
        {change.status === null || change.status.toUpperCase() === 'SUCCESS' ? null : (
          <Badge tone="warn">Status: {change.status.toLowerCase()}</Badge>
        )}
        {change.level === 'GENESYS_INTERNAL' ? <Badge tone="warn">Made by Genesys</Badge> : null}
      </div>
      {change.riskReasons.length === 0 ? null : <RiskReasons change={change} />}
    </header>
  );
}

function throughWhat(change: ChangeDetailDto): string {
  if (change.client !== null) return `via client ${change.client.name ?? change.client.id}`;
  return change.application === null ? 'client not given' : `via ${change.application}`;
}
