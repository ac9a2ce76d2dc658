/** Room on either side of what is drawn, as a part of it. */
const MARGIN = 0.12;
/** A window far from the change stays visible. */
const LEAST_PERCENT = 1.5;

export type WindowScale = {
  /** Left edge and width of the window, in percent of the bar. */
  readonly left: number;
  readonly width: number;
  /** Where the change stands, in percent. */
  readonly at: number;
  /** Where the approval stands; null where it lies outside the bar or there is none. */
  readonly approvedAt: number | null;
};

/** Where a window, the change and its approval stand on one bar that holds the window and the change whole. */
export function windowScale(given: {
  readonly window: { readonly from: string; readonly to: string };
  readonly eventDate: string;
  readonly approvedAt: string | null;
}): WindowScale {
  const from = Date.parse(given.window.from);
  const to = Date.parse(given.window.to);
  const at = Date.parse(given.eventDate);
  const first = Math.min(from, at);
  const span = Math.max(Math.max(to, at) - first, 1);
  const start = first - span * MARGIN;
  const whole = span * (1 + 2 * MARGIN);
  const percent = (instant: number): number => Math.round(((instant - start) / whole) * 10_000) / 100;
  const approved = given.approvedAt === null ? null : percent(Date.parse(given.approvedAt));
  return {
    left: percent(from),
    width: Math.max(LEAST_PERCENT, Math.round((percent(to) - percent(from)) * 100) / 100),
    at: percent(at),
    approvedAt: approved === null || approved < 0 || approved > 100 ? null : approved,
  };
}

/** How the change stands to the window: start inclusive, end exclusive. `ms` is the distance to the nearer relevant edge. */
export function placeInWindow(
  window: { readonly from: string; readonly to: string },
  eventDate: string,
): { readonly place: 'inside' | 'before' | 'after'; readonly ms: number } {
  const at = Date.parse(eventDate);
  const from = Date.parse(window.from);
  const to = Date.parse(window.to);
  if (at < from) return { place: 'before', ms: from - at };
  if (at >= to) return { place: 'after', ms: at - to };
  return { place: 'inside', ms: at - from };
}
