import { RiskBars } from '@/components/tally/risk-bars';
import { TallyGlyph } from '@/components/tally/tally-glyph';
import { CopyableId } from '@/components/ui/data/copyable-id';
import type { MoveDetailDto } from '@/lib/divisions/contract';
import { Moment } from '../parts/moment';
import { MoveMarks } from '../parts/move-marks';
import { whoMoved } from '../words';

type MoveHeadProps = { readonly move: MoveDetailDto; readonly level: 'page' | 'sheet' };

/** What happened in one sentence, how grave it is, when, and by whom. */
export function MoveHead({ move, level }: MoveHeadProps) {
  const Heading = level === 'page' ? 'h1' : 'h2';
  return (
    <header>
      <div className="flex flex-wrap items-start gap-x-3 md:flex-nowrap">
        <TallyGlyph status={move.linkage} size={1.4} className="mt-1.5" />
        <Heading
          dir="auto"
          className={`min-w-0 flex-1 font-serif wrap-anywhere ${level === 'page' ? 'text-xl md:text-2xl' : 'text-xl'}`}
        >
          {move.sentence}
        </Heading>
        <RiskBars risk={move.risk} className="pt-1.5 font-medium max-md:w-full" />
      </div>
      <div className="mt-2 flex flex-wrap items-baseline gap-x-2 gap-y-1 text-sm text-muted">
        <span className="text-ink">
          <Moment move={move} />
        </span>
        <span>
          · by <bdi className="text-ink">{whoMoved(move)}</bdi>{' '}
          {move.actor.id === null ? null : <CopyableId id={move.actor.id} label="actor id" />}
        </span>
        {move.client === null ? null : (
          <span>
            · via client <bdi>{move.client.name ?? 'unnamed'}</bdi>{' '}
            <CopyableId id={move.client.id} label="client id" />
          </span>
        )}
        <span>
          · from{' '}
          {move.clientIp === null ? (
            'an address not given'
          ) : (
            <span className="font-mono">{move.clientIp}</span>
          )}
        </span>
      </div>
      <div className="mt-2 flex flex-wrap gap-1.5 empty:hidden">
        <MoveMarks move={move} />
      </div>
    </header>
  );
}
