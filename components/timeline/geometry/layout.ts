/** A thing to be placed in a lane, as a box around its place in time. */
export type Placeable = {
  readonly key: string;
  readonly x: number;
  /** Half its height, and what it needs to either side. */
  readonly r: number;
  readonly left: number;
  readonly right: number;
  /** The gravest come first and so stand nearest to the axis: none of them is ever folded before a lesser one. */
  readonly gravity: number;
};

/** Where it stands: its centre's distance from the axis, in pixels. */
export type Placement = { readonly key: string; readonly x: number; readonly offset: number };

/** Things that found no room, folded into one sign. */
export type Fold = { readonly x: number; readonly offset: number; readonly keys: readonly string[] };

export type LaneLayout = { readonly placed: readonly Placement[]; readonly folds: readonly Fold[] };

type Box = { readonly left: number; readonly right: number; readonly near: number; readonly far: number };

const GAP = 1.5;
/** Half the height of a fold, and the width of the columns in which things are folded together. */
export const FOLD_R = 9;
const FOLD_COLUMN = 44;

/**
 * Places things in a lane of that depth, each as near to the axis as those before it allow; what would lie beyond the depth is
 * folded by columns. The same things always give the same picture, in whatever order they come.
 */
export function layoutLane(things: readonly Placeable[], depth: number): LaneLayout {
  const inTurn = [...things].sort(
    (a, b) => b.gravity - a.gravity || b.r - a.r || a.x - b.x || (a.key < b.key ? -1 : 1),
  );
  const whole = place(inTurn, depth);
  if (whole.over.length === 0) return { placed: whole.placed, folds: [] };
  // Again with a row kept free at the far side, so that the folds have a place of their own.
  const { placed, over } = place(inTurn, depth - 2 * FOLD_R - GAP);
  const folds = foldsOf(over).map((folded) => ({
    x: middleOf(folded),
    offset: depth - FOLD_R,
    keys: folded.map((thing) => thing.key),
  }));
  return { placed, folds };
}

/** Neighbours in time together, so that no two folds stand closer than a column. */
function foldsOf(over: readonly Placeable[]): Placeable[][] {
  const folds: Placeable[][] = [];
  for (const thing of [...over].sort((a, b) => a.x - b.x || (a.key < b.key ? -1 : 1))) {
    const last = folds.at(-1);
    if (last !== undefined && thing.x - (last[0]?.x ?? 0) < FOLD_COLUMN) last.push(thing);
    else folds.push([thing]);
  }
  return folds.reduce<Placeable[][]>((apart, fold) => {
    const last = apart.at(-1);
    if (last !== undefined && middleOf(fold) - middleOf(last) < FOLD_COLUMN) last.push(...fold);
    else apart.push([...fold]);
    return apart;
  }, []);
}

function middleOf(things: readonly Placeable[]): number {
  return things.reduce((sum, thing) => sum + thing.x, 0) / things.length;
}

function place(
  things: readonly Placeable[],
  depth: number,
): { readonly placed: Placement[]; readonly over: Placeable[] } {
  const boxes: Box[] = [];
  const placed: Placement[] = [];
  const over: Placeable[] = [];
  for (const thing of things) {
    const [left, right] = [thing.x - thing.left, thing.x + thing.right];
    const beside = boxes.filter((box) => box.left < right + GAP && box.right > left - GAP);
    const near = nearest(beside, 2 * thing.r);
    if (near + 2 * thing.r > depth) {
      over.push(thing);
      continue;
    }
    boxes.push({ left, right, near, far: near + 2 * thing.r });
    placed.push({ key: thing.key, x: thing.x, offset: near + thing.r });
  }
  return { placed, over };
}

/** The nearest free stretch of that height beside boxes that lie in its way. */
function nearest(beside: readonly Box[], height: number): number {
  const sorted = [...beside].sort((a, b) => a.near - b.near || a.far - b.far);
  let at = 0;
  for (const box of sorted) {
    if (box.near >= at + height + GAP) return at;
    at = Math.max(at, box.far + GAP);
  }
  return at;
}

const SMALLEST_R = 6;
const LARGEST_R = 19;

/** Half the height of a mark: its area grows with its size between the smallest and the largest in sight. */
export function radiusOf(size: number, largest: number): number {
  if (size <= 1 || largest <= 1) return SMALLEST_R;
  const share = Math.sqrt((size - 1) / (largest - 1));
  return SMALLEST_R + (LARGEST_R - SMALLEST_R) * share;
}
