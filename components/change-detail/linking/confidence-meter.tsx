import { formatConfidence } from '../provenance';

const STEPS = 5;

/** A confidence between 0 and 1: five small bars and the number, which alone carries the meaning. */
export function ConfidenceMeter({ value }: { readonly value: number }) {
  const full = Math.round(value * STEPS);
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <svg aria-hidden width={28} height={12} viewBox="0 0 28 12">
        {Array.from({ length: STEPS }, (_, step) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the five bars are places, not things
            key={step}
            x={step * 6 + 0.5}
            y={8 - step * 1.6}
            width={3.4}
            height={3.5 + step * 1.6}
            fill={step < full ? 'var(--ink)' : 'none'}
            stroke="var(--line-strong)"
            strokeWidth={0.8}
          />
        ))}
      </svg>
      <span className="font-mono text-sm">{formatConfidence(value)}</span>
    </span>
  );
}
