type SparkLineProps = {
  /** Part of whole per point; null where there is no whole. */
  readonly points: readonly (number | null)[];
  /** What the line shows, read out in its stead. */
  readonly label: string;
};

const WIDTH = 96;
const HEIGHT = 20;

/** A rate over time the size of a word: 0 at the foot, 100 % at the top, broken where there was nothing. */
export function SparkLine({ points, label }: SparkLineProps) {
  const step = points.length < 2 ? WIDTH : WIDTH / (points.length - 1);
  const y = (value: number): number => HEIGHT - 1.5 - value * (HEIGHT - 3);
  const runs: string[] = [];
  let run = '';
  points.forEach((value, index) => {
    if (value === null) {
      if (run !== '') runs.push(run);
      run = '';
    } else run += `${run === '' ? 'M' : 'L'}${(index * step).toFixed(1)} ${y(value).toFixed(1)}`;
  });
  if (run !== '') runs.push(run);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`-2 0 ${WIDTH + 4} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      className="inline-block"
    >
      <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--line)" />
      {runs.map((d) => (
        <path
          key={d}
          d={d}
          fill="none"
          stroke="var(--unlinked)"
          strokeWidth={1.4}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      ))}
    </svg>
  );
}
