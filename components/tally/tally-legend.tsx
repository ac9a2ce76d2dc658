import { LINKAGES } from '@/lib/kernel/words';
import { TallyGlyph } from './tally-glyph';
import { LINKAGE_MEANINGS, LINKAGE_WORDS } from './words';

export function TallyLegend() {
  return (
    <div className="flex flex-col gap-1.5 py-1">
      <p className="text-xs text-muted">Left half: the platform's record. Right half: its authorisation.</p>
      <dl className="grid grid-cols-[auto_1fr] items-start gap-x-3 gap-y-1.5">
        {LINKAGES.map((status) => (
          <div key={status} className="contents">
            <dt className="pt-1">
              <TallyGlyph status={status} decorative />
            </dt>
            <dd>
              <span className="font-medium">{LINKAGE_WORDS[status]}</span>
              <span className="block text-xs text-muted">{LINKAGE_MEANINGS[status]}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
