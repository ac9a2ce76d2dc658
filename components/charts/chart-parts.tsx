/** What every chart of the house shares: quiet axes, whole-day ticks, the hatch of what was not seen. */
export const axisStyle = {
  stroke: 'var(--line-strong)',
  tick: { fontSize: 12, fill: 'var(--muted)' },
  tickLine: false,
} as const;

const STEPS_MS = [
  ...[1, 5, 10, 30].map((seconds) => seconds * 1_000),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 3, 6, 12, 24, 48, 7 * 24, 14 * 24, 30 * 24, 91 * 24].map((hours) => hours * 3_600_000),
];

/** At most `most` round instants of `[from, to)`, aligned to UTC. */
export function timeTicks(from: number, to: number, most = 7): number[] {
  const step = STEPS_MS.find((one) => (to - from) / one <= most) ?? STEPS_MS.at(-1)!;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at < to; at += step) ticks.push(at);
  return ticks;
}

/** Diagonal lines in the colour of a gap; used on the axis so that quiet differs from blind. */
export function HatchDefs({ id }: { readonly id: string }) {
  return (
    <defs>
      <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={6} height={6} fill="var(--bad-soft)" />
        <line x1={0} y1={0} x2={0} y2={6} stroke="var(--unlinked)" strokeWidth={1.4} strokeOpacity={0.55} />
      </pattern>
    </defs>
  );
}
