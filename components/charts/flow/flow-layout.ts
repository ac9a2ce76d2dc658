/** Where the parts of a flow picture stand: names left and right, ribbons between them as thick as their count. */
export type Flow = { readonly from: string; readonly to: string; readonly count: number };

type FlowNode = {
  readonly name: string;
  readonly count: number;
  /** Top of its slot and its height; the bar is centred in it. */
  readonly top: number;
  readonly slot: number;
  readonly bar: number;
};
type Ribbon = Flow & {
  readonly key: string;
  readonly y1: number;
  readonly y2: number;
  readonly thick: number;
};
export type FlowPicture = {
  readonly height: number;
  readonly left: readonly FlowNode[];
  readonly right: readonly FlowNode[];
  readonly ribbons: readonly Ribbon[];
};

/** Names on each side; the rest stands together under one. */
const SIDE = 8;
/** A label needs so many pixels, however small its count. */
const SLOT = 18;
const GAP = 4;
/** Height of all bars of a side together. */
const BARS = 150;
const THINNEST = 1.5;

/** Units: px. `rest` names what is not shown by itself. */
export function layFlows(flows: readonly Flow[], rest: string): FlowPicture {
  const shown = gather(flows, rest);
  const total = shown.reduce((sum, flow) => sum + flow.count, 0);
  const scale = total === 0 ? 0 : BARS / total;
  const left = stack(shown, 'from', scale, rest);
  const right = stack(shown, 'to', scale, rest);
  const leftAt = new Map(left.map((node) => [node.name, barTop(node)]));
  const rightAt = new Map(right.map((node) => [node.name, barTop(node)]));
  const order = (nodes: readonly FlowNode[], name: string) => nodes.findIndex((node) => node.name === name);
  // Ribbons leave and arrive in the order of their other ends, so that they cross as little as they can.
  const thickOf = (flow: Flow) => flow.count * scale;
  const y1 = new Map<Flow, number>();
  for (const flow of [...shown].sort((a, b) => order(right, a.to) - order(right, b.to))) {
    const at = leftAt.get(flow.from) ?? 0;
    y1.set(flow, at + thickOf(flow) / 2);
    leftAt.set(flow.from, at + thickOf(flow));
  }
  const y2 = new Map<Flow, number>();
  for (const flow of [...shown].sort((a, b) => order(left, a.from) - order(left, b.from))) {
    const at = rightAt.get(flow.to) ?? 0;
    y2.set(flow, at + thickOf(flow) / 2);
    rightAt.set(flow.to, at + thickOf(flow));
  }
  return {
    height: Math.max(heightOf(left), heightOf(right)),
    left,
    right,
    ribbons: shown.map((flow) => ({
      ...flow,
      key: `${flow.from} ${flow.to}`,
      y1: y1.get(flow) ?? 0,
      y2: y2.get(flow) ?? 0,
      thick: Math.max(THINNEST, thickOf(flow)),
    })),
  };
}

/** The same flows with each pair of names once, however many divisions bear them; the commonest first. */
export function mergeFlows(flows: readonly Flow[]): Flow[] {
  const pairs = new Map<string, Flow>();
  for (const { from, to, count } of flows) {
    const key = JSON.stringify([from, to]);
    pairs.set(key, { from, to, count: (pairs.get(key)?.count ?? 0) + count });
  }
  return [...pairs.values()].sort((a, b) => b.count - a.count);
}

/** The same flows with the smaller names of each side under `rest`. */
function gather(flows: readonly Flow[], rest: string): Flow[] {
  const kept = (side: 'from' | 'to') => {
    const names = [...sums(flows, side)].filter(([name]) => name !== rest).sort((a, b) => b[1] - a[1]);
    return new Set((names.length <= SIDE ? names : names.slice(0, SIDE - 1)).map(([name]) => name));
  };
  const [froms, tos] = [kept('from'), kept('to')];
  return mergeFlows(
    flows.map((flow) => ({
      from: froms.has(flow.from) ? flow.from : rest,
      to: tos.has(flow.to) ? flow.to : rest,
      count: flow.count,
    })),
  );
}

function stack(flows: readonly Flow[], side: 'from' | 'to', scale: number, rest: string): FlowNode[] {
  const names = [...sums(flows, side)].sort(
    (a, b) => Number(a[0] === rest) - Number(b[0] === rest) || b[1] - a[1] || a[0].localeCompare(b[0]),
  );
  let top = 0;
  return names.map(([name, count]) => {
    const bar = count * scale;
    const node = { name, count, top, slot: Math.max(SLOT, bar), bar };
    top += node.slot + GAP;
    return node;
  });
}

function sums(flows: readonly Flow[], side: 'from' | 'to'): Map<string, number> {
  const counts = new Map<string, number>();
  for (const flow of flows) counts.set(flow[side], (counts.get(flow[side]) ?? 0) + flow.count);
  return counts;
}

function heightOf(nodes: readonly FlowNode[]): number {
  const last = nodes.at(-1);
  return last === undefined ? 0 : last.top + last.slot;
}

function barTop(node: FlowNode): number {
  return node.top + (node.slot - node.bar) / 2;
}
