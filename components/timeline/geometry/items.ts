import type { TimelineBinDto, TimelineDto, TimelineMarkDto } from '@/lib/changes/contract/timeline';
import type { Lane } from '@/lib/changes/model/timeline/lanes';
import type { ChartFrame, LaneFrame } from './frame';
import { FOLD_R, layoutLane, type Placeable, radiusOf } from './layout';
import type { Scale } from './scale';

type Placed = {
  readonly key: string;
  readonly lane: Lane;
  readonly at: number;
  readonly x: number;
  readonly y: number;
};

/** What is drawn and can be walked to by keys: a mark, marks folded for lack of room, or a bin. */
export type ChartItem =
  | (Placed & {
      readonly type: 'mark';
      readonly r: number;
      readonly mark: TimelineMarkDto;
      /** The number of a session stands to its left: there is no room on the other side. */
      readonly numberLeft: boolean;
      readonly span: readonly [number, number];
    })
  | (Placed & { readonly type: 'fold'; readonly r: number; readonly marks: readonly TimelineMarkDto[] })
  | (Placed & {
      readonly type: 'bin';
      readonly bin: TimelineBinDto;
      readonly width: number;
      /** Heights of the critical part, which stands at the axis, and of the rest. */
      readonly critical: number;
      readonly high: number;
    });

/** Room above bars for their number. */
const NUMBER = 16;
const LEAST_BAR = 3;
/** What a character of a mark's number takes. */
const CHARACTER = 6.8;

/** The items of an extent, in order of time. */
export function itemsOf(data: TimelineDto, scale: Scale, frame: ChartFrame): ChartItem[] {
  const items =
    data.drawn === 'marks' ? markItems(data.marks, scale, frame) : binItems(data.bins, scale, frame);
  return items.sort(
    (a, b) => a.at - b.at || (a.lane < b.lane ? 1 : a.lane > b.lane ? -1 : 0) || (a.key < b.key ? -1 : 1),
  );
}

function markItems(marks: readonly TimelineMarkDto[], scale: Scale, frame: ChartFrame): ChartItem[] {
  const { extent } = scale;
  const seen = marks.filter(
    (mark) => Date.parse(mark.until) >= extent.from && Date.parse(mark.at) < extent.to,
  );
  const largest = seen.reduce((most, mark) => Math.max(most, mark.kind === 'session' ? mark.size : 1), 1);
  const byKey = new Map(seen.map((mark) => [mark.key, mark]));
  const items: ChartItem[] = [];
  for (const [lane, place] of frame.lanes) {
    const things = seen.filter((mark) => mark.lane === lane).map((mark) => thingOf(mark, scale, largest));
    const radii = new Map(things.map((thing) => [thing.key, thing.r]));
    const { placed, folds } = layoutLane(things, place.depth - 4);
    for (const one of placed) {
      const mark = byKey.get(one.key);
      if (mark === undefined) continue;
      items.push({
        type: 'mark',
        key: one.key,
        lane,
        at: Date.parse(mark.at),
        x: one.x,
        y: yOf(place, one.offset + 4),
        r: radii.get(one.key) ?? 0,
        mark,
        numberLeft: isAtEnd(one.x, radii.get(one.key) ?? 0, mark, scale),
        span: spanOf(mark, scale),
      });
    }
    for (const fold of folds) {
      const folded = fold.keys.flatMap((key) => byKey.get(key) ?? []);
      items.push({
        type: 'fold',
        key: `fold ${lane} ${fold.keys[0]}`,
        lane,
        at: Date.parse(folded[0]?.at ?? ''),
        x: fold.x,
        y: yOf(place, fold.offset + 4),
        r: FOLD_R,
        marks: folded,
      });
    }
  }
  return items;
}

function thingOf(mark: TimelineMarkDto, scale: Scale, largest: number): Placeable {
  const session = mark.kind === 'session';
  const r = session ? Math.max(8, radiusOf(mark.size, largest)) : radiusOf(1, largest);
  const [from, to] = spanOf(mark, scale);
  const number = session ? (sizeLabel(mark.size).length + 0.5) * CHARACTER : 0;
  return {
    key: mark.key,
    x: Math.round(((from + to) / 2) * 100) / 100,
    r: r + (session ? 3 : mark.session === null ? 0.5 : 2),
    left: r + 3 + (isAtEnd((from + to) / 2, r, mark, scale) ? number : 0),
    right: r + 3 + (isAtEnd((from + to) / 2, r, mark, scale) ? 0 : number),
    gravity: (mark.risk === 'critical' ? 2 : 0) + (session ? 1 : 0),
  };
}

/** Whether the number of a session has no room to its right. */
function isAtEnd(x: number, r: number, mark: TimelineMarkDto, scale: Scale): boolean {
  return x + r + 8 + sizeLabel(mark.size).length * CHARACTER > scale.left + scale.width;
}

export function sizeLabel(size: number): string {
  return `×${size.toLocaleString('en-US')}`;
}

/** The part of a mark's time that is in sight, in pixels. */
function spanOf(mark: TimelineMarkDto, { extent, x }: Scale): [number, number] {
  const from = Math.min(Math.max(Date.parse(mark.at), extent.from), extent.to);
  const to = Math.max(Math.min(Date.parse(mark.until), extent.to), from);
  return [x(from), x(to)];
}

function binItems(bins: readonly TimelineBinDto[], scale: Scale, frame: ChartFrame): ChartItem[] {
  const { extent } = scale;
  const seen = bins.filter((bin) => Date.parse(bin.to) > extent.from && Date.parse(bin.from) < extent.to);
  const most = seen.reduce((max, bin) => Math.max(max, bin.count), 1);
  return seen.flatMap((bin): ChartItem[] => {
    const place = frame.lanes.get(bin.lane);
    if (place === undefined) return [];
    const [left, right] = [scale.x(Date.parse(bin.from)), scale.x(Date.parse(bin.to))];
    const gap = Math.min(3, (right - left) * 0.18);
    const unit = (place.depth - NUMBER - 4) / most;
    const part = (n: number) => (n === 0 ? 0 : Math.max(LEAST_BAR, n * unit));
    return [
      {
        type: 'bin',
        key: `bin ${bin.lane} ${bin.from}`,
        lane: bin.lane,
        at: Date.parse(bin.from),
        x: left + gap / 2,
        y: place.base,
        width: Math.max(1.5, right - left - gap),
        bin,
        critical: part(bin.risk.critical),
        high: part(bin.risk.high),
      },
    ];
  });
}

function yOf(place: LaneFrame, offset: number): number {
  return place.base + place.towards * offset;
}

/** The item one walks to by a key from `key`; null where there is none in that direction. */
export function neighbour(
  items: readonly ChartItem[],
  key: string | null,
  direction: 'next' | 'before' | 'first' | 'last' | 'up' | 'down',
): ChartItem | null {
  const index = items.findIndex((item) => item.key === key);
  const here = items[index];
  if (direction === 'first' || here === undefined) return items[0] ?? null;
  if (direction === 'last') return items.at(-1) ?? null;
  if (direction === 'next') return items[index + 1] ?? null;
  if (direction === 'before') return items[index - 1] ?? null;
  const order: readonly Lane[] = ['planned', 'ad_hoc', 'not_applicable'];
  const wanted = order[order.indexOf(here.lane) + (direction === 'down' ? 1 : -1)];
  const there = items.filter((item) => item.lane === wanted);
  return there.reduce<ChartItem | null>(
    (best, item) => (best === null || Math.abs(item.x - here.x) < Math.abs(best.x - here.x) ? item : best),
    null,
  );
}
