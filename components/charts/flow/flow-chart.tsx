'use client';

import { formatCount } from '@/components/ui/data/format';
import { ChartFrame } from '../chart-frame';
import { type FlowPicture, layFlows, mergeFlows } from './flow-layout';

type FlowChartProps = {
  readonly name: string;
  readonly flows: readonly {
    readonly from: string | null;
    readonly to: string | null;
    readonly count: number;
  }[];
  /** How many stand outside the list. */
  readonly others: number;
  /** The word for a side without a name. */
  readonly unknown: string;
};

const OTHERS = 'others';

/** From left to right, as thick as many. The picture stretches, its words do not. */
export function FlowChart({ name, flows, others, unknown }: FlowChartProps) {
  const named = flows.map((flow) => ({
    from: flow.from ?? unknown,
    to: flow.to ?? unknown,
    count: flow.count,
  }));
  const rest = others === 0 ? [] : [{ from: OTHERS, to: OTHERS, count: others }];
  const all = mergeFlows([...named, ...rest]);
  const picture = layFlows(all, OTHERS);
  return (
    <ChartFrame
      name={name}
      height={picture.height + 20}
      rows={all}
      keyOf={(flow) => `${flow.from} ${flow.to}`}
      columns={[
        { header: 'From', cell: (flow) => <bdi>{flow.from}</bdi> },
        { header: 'To', cell: (flow) => <bdi>{flow.to}</bdi> },
        { header: 'Moves', cell: (flow) => formatCount(flow.count), numeric: true },
      ]}
      note={others === 0 ? undefined : `${formatCount(others)} in pairs too rare to draw`}
    >
      <div className="grid h-full grid-cols-[minmax(0,9rem)_minmax(3rem,1fr)_minmax(0,9rem)] grid-rows-[20px_1fr] gap-x-2">
        <span className="text-right text-xs text-muted">from</span>
        <span />
        <span className="text-xs text-muted">to</span>
        <Names nodes={picture.left} side="left" />
        <Ribbons picture={picture} />
        <Names nodes={picture.right} side="right" />
      </div>
    </ChartFrame>
  );
}

function Names({ nodes, side }: { readonly nodes: FlowPicture['left']; readonly side: 'left' | 'right' }) {
  return (
    <div className="relative">
      {nodes.map((node) => (
        <span
          key={node.name}
          title={node.name}
          style={{ top: node.top, height: node.slot }}
          className={`absolute inset-x-0 flex items-center gap-1.5 text-xs leading-none ${side === 'left' ? 'justify-end' : ''}`}
        >
          {side === 'right' ? <span className="shrink-0 text-muted">{formatCount(node.count)}</span> : null}
          <bdi className="truncate leading-normal">{node.name}</bdi>
          {side === 'left' ? <span className="shrink-0 text-muted">{formatCount(node.count)}</span> : null}
        </span>
      ))}
    </div>
  );
}

/** Inner coordinates of the drawing; stretched to the width there is. */
const WIDTH = 200;
const BAR = 2;

function Ribbons({ picture }: { readonly picture: FlowPicture }) {
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${WIDTH} ${picture.height}`}
      preserveAspectRatio="none"
      width="100%"
      height={picture.height}
    >
      {picture.ribbons.map((ribbon) => (
        <path
          key={ribbon.key}
          d={`M${BAR} ${ribbon.y1}C${WIDTH / 2} ${ribbon.y1} ${WIDTH / 2} ${ribbon.y2} ${WIDTH - BAR} ${ribbon.y2}`}
          strokeWidth={ribbon.thick}
          className="fill-none stroke-accent opacity-25 transition-opacity hover:opacity-60"
        >
          <title>{`${ribbon.from} to ${ribbon.to}: ${formatCount(ribbon.count)}`}</title>
        </path>
      ))}
      {[picture.left, picture.right].map((nodes, side) =>
        nodes.map((node) => (
          <rect
            key={`${side === 0 ? 'from' : 'to'} ${node.name}`}
            x={side === 0 ? 0 : WIDTH - BAR}
            y={node.top + (node.slot - node.bar) / 2}
            width={BAR}
            height={Math.max(1.5, node.bar)}
            className="fill-ink"
          />
        )),
      )}
    </svg>
  );
}
