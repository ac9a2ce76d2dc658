import { RiskBars } from '@/components/tally/risk-bars';
import { TallyMark } from '@/components/tally/tally-mark';
import { countOf, formatCount } from '@/components/ui/data/format';
import { formatInstant } from '@/components/ui/data/format-time';
import type { TimelineBinDto, TimelineMarkDto } from '@/lib/changes/contract/timeline';
import type { ChartFrame } from '../geometry/frame';
import type { ChartItem } from '../geometry/items';
import { ACTION_WORDS, actionsOf, extentWords, LANE_WORDS, planningWord } from '../words';

const WIDTH = 340;

/** Who, what, when, why and from where of what is pointed at. It repeats what the mark says to screen readers. */
export function HoverCard({ item, frame }: { readonly item: ChartItem; readonly frame: ChartFrame }) {
  const x = item.type === 'bin' ? item.x + item.width / 2 : item.x;
  const left = Math.min(Math.max(4, x - WIDTH / 2), Math.max(4, frame.width - WIDTH - 4));
  const above = item.lane !== 'planned';
  const reach = item.type === 'bin' ? item.critical + item.high : item.r;
  const style = above
    ? { left, bottom: frame.height - (item.type === 'bin' ? item.y - 6 : item.y - reach - 10) }
    : { left, top: item.type === 'bin' ? item.y + 8 : item.y + reach + 10 };
  return (
    <div
      aria-hidden
      style={{ ...style, width: Math.min(WIDTH, frame.width - 8) }}
      className="pointer-events-none absolute z-10 rounded-md border bg-surface px-3 py-2 text-sm shadow-float"
    >
      {item.type === 'mark' ? <MarkCard mark={item.mark} /> : null}
      {item.type === 'fold' ? <FoldCard marks={item.marks} /> : null}
      {item.type === 'bin' ? <BinCard bin={item.bin} /> : null}
    </div>
  );
}

function MarkCard({ mark }: { readonly mark: TimelineMarkDto }) {
  const { change, session } = mark;
  const isSession = mark.kind === 'session';
  return (
    <>
      <p className="font-mono text-xs text-muted">
        {formatInstant(mark.at)}
        {isSession ? ` to ${formatInstant(mark.until).slice(11)}` : ''}
      </p>
      <p dir="auto" className="mt-0.5 font-medium text-ink">
        {isSession ? (session?.sentence ?? change.sentence) : change.sentence}
      </p>
      <div className="mt-1 flex flex-wrap gap-x-3 gap-y-0.5">
        <RiskBars risk={mark.risk} />
        <TallyMark status={change.linkage} />
        <span className="text-muted">{planningWord(mark)}</span>
      </div>
      <dl className="mt-1.5 grid grid-cols-[auto_1fr] gap-x-2 text-xs">
        <Fact name="Who">{change.actor.name ?? 'not named'}</Fact>
        <Fact name="Why">{change.reference ?? 'no ticket or commit asked for it'}</Fact>
        <Fact name="Where">
          {change.service}, {change.entityType}
          {change.remoteIp === null ? '' : ` · from ${change.remoteIp}`}
        </Fact>
        {isSession ? (
          <Fact name="Counts">
            {countOf(mark.size, 'change')} in the session,{' '}
            {mark.count === 0
              ? 'those of high risk stand beside it'
              : `${formatCount(mark.count)} of high risk here`}
          </Fact>
        ) : session === null ? null : (
          <Fact name="Part of">a session of {countOf(session.changes, 'change')}</Fact>
        )}
      </dl>
      <p className="mt-1.5 text-xs text-muted">
        {isSession ? 'Press to open the session' : 'Press to open the change'}
      </p>
    </>
  );
}

function FoldCard({ marks }: { readonly marks: readonly TimelineMarkDto[] }) {
  const [first] = marks;
  const last = marks.at(-1);
  if (first === undefined || last === undefined) return null;
  return (
    <>
      <p className="font-medium">{countOf(marks.length, 'mark')} more here</p>
      <p className="font-mono text-xs text-muted">
        {formatInstant(first.at, 'UTC', 'minute')} to {formatInstant(last.until, 'UTC', 'minute')}
      </p>
      <ul className="mt-1 text-xs">
        {marks.slice(0, 4).map((mark) => (
          <li key={mark.key} dir="auto" className="truncate">
            {mark.change.sentence}
          </li>
        ))}
      </ul>
      <p className="mt-1.5 text-xs text-muted">Press to zoom in until they stand apart</p>
    </>
  );
}

function BinCard({ bin }: { readonly bin: TimelineBinDto }) {
  return (
    <>
      <p className="text-xs text-muted">
        {extentWords({ from: Date.parse(bin.from), to: Date.parse(bin.to) })}
      </p>
      <p className="mt-0.5 font-medium">
        {countOf(bin.count, 'change')}, {LANE_WORDS[bin.lane].toLowerCase()}
      </p>
      <p className="text-xs">
        {formatCount(bin.risk.critical)} critical, {formatCount(bin.risk.high)} high
      </p>
      <p className="text-xs text-muted">{actionsOf(bin) || ACTION_WORDS.other}</p>
      <p className="mt-1.5 text-xs text-muted">Press to list exactly these</p>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  );
}
