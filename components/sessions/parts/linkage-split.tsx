import { TallyGlyph } from '@/components/tally/tally-glyph';
import { LINKAGE_COLOURS, LINKAGE_WORDS } from '@/components/tally/words';
import { formatCount } from '@/components/ui/data/format';
import { LINKAGES } from '@/lib/kernel/words';
import type { SessionDto } from '@/lib/sessions/contract';

/** How many children have which authorisation; kinds that do not occur are left out. */
export function LinkageSplit({ linkage }: Pick<SessionDto, 'linkage'>) {
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-0.5">
      {LINKAGES.filter((status) => linkage[status] > 0).map((status) => (
        <span
          key={status}
          title={LINKAGE_WORDS[status]}
          className={`inline-flex items-center gap-1.5 whitespace-nowrap ${LINKAGE_COLOURS[status]}`}
        >
          <TallyGlyph status={status} />
          {formatCount(linkage[status])}
        </span>
      ))}
    </span>
  );
}
