import type { SVGProps } from 'react';
import type { ActionKind } from '@/lib/changes/model/timeline/action-kind';

type ActionShapeProps = Omit<SVGProps<SVGPathElement>, 'r'> & {
  readonly kind: ActionKind;
  readonly r: number;
};

/** The shape an action is drawn with, around the origin; of equal weight to the eye at one `r`. */
export function ActionShape({ kind, r, ...rest }: ActionShapeProps) {
  return <path d={OUTLINES[kind](r)} {...rest} />;
}

const OUTLINES = {
  create: (r) => `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`,
  update: (r) => polygon([0, -r * 1.18], [r * 1.18, 0], [0, r * 1.18], [-r * 1.18, 0]),
  delete: (r) => polygon([-r * 1.1, -r * 0.85], [r * 1.1, -r * 0.85], [0, r * 1.1]),
  grant: (r) =>
    polygon([-r * 0.88, -r * 0.88], [r * 0.88, -r * 0.88], [r * 0.88, r * 0.88], [-r * 0.88, r * 0.88]),
  other: (r) =>
    polygon(
      ...[0, 1, 2, 3, 4, 5].map(
        (corner): Point => [r * Math.cos((corner * Math.PI) / 3), r * Math.sin((corner * Math.PI) / 3)],
      ),
    ),
} as const satisfies Record<ActionKind, (r: number) => string>;

type Point = readonly [number, number];

function polygon(...points: readonly Point[]): string {
  // Two decimals, so that server and browser write the same.
  return `M${points.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join('L')}Z`;
}
