import type { Risk } from '@/lib/kernel/words';
import { ActionShape } from './action-shape';
import type { LaneMark } from './lane-marks';

const COLOURS = {
  low: 'var(--muted)',
  medium: 'var(--ink)',
  high: 'var(--outside)',
  critical: 'var(--unlinked)',
} as const satisfies Record<Risk, string>;

/** Smaller groups stand too close for a number each; their size and their table tell. */
const LABELLED_FROM = 4;

/** One mark: shape by action, size by group, colour by risk; a critical one carries an exclamation bar besides. */
export function MarkShapeDrawing({
  x,
  y,
  mark,
}: {
  readonly x: number;
  readonly y: number;
  readonly mark: LaneMark;
}) {
  const r = 4 + Math.min(5, Math.log2(mark.count) * 1.4);
  const fill = COLOURS[mark.risk];
  return (
    <g transform={`translate(${x} ${y})`}>
      <ActionShape kind={mark.shape} r={r} fill={fill} />
      {mark.risk === 'critical' ? <rect x={r + 1.5} y={-r} width={1.8} height={2 * r} fill={fill} /> : null}
      {mark.count >= LABELLED_FROM ? (
        <text x={0} y={-r - 3} textAnchor="middle" fontSize={12} fill="var(--muted)">
          ×{mark.count}
        </text>
      ) : null}
    </g>
  );
}
