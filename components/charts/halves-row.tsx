'use client';

import Link from 'next/link';
import { useId } from 'react';
import { formatCount, formatRate } from '@/components/ui/data/format';
import { formatInstant } from '@/components/ui/data/format-time';
import type { RatePointDto } from '@/lib/linking/contract';
import { type BlindSpan, blindHoursIn } from './blind-spans';
import { HatchDefs } from './chart-parts';

const HEIGHT = 34;
/** One row of them fits 390 px; the older ones are in the chart below. */
const ON_A_PHONE = 14;
/** A right half of the stick, upright, on a grid of 10 x 34 with three notches. */
const HALF = 'M1 1H9V33H1V28L3.5 24.5L1 21V19L3.5 15.5L1 12V10L3.5 6.5L1 3Z';

type HalvesRowProps = {
  readonly points: readonly RatePointDto[];
  readonly blind: readonly BlindSpan[];
  readonly bucket: 'hour' | 'day' | 'week' | 'month';
  /** Address of the changes of one bucket. */
  readonly hrefOf: (point: RatePointDto) => string;
};

/**
 * One half per bucket, filled from the foot as far as its changes are linked: a full half is a day on which all of them
 * were. No change: a short bar. Not seen: hatched. Each is a door to its changes.
 */
export function HalvesRow({ points, blind, bucket, hrefOf }: HalvesRowProps) {
  const hatch = `hatch-${useId().replaceAll(':', '')}`;
  return (
    <div>
      <svg aria-hidden width={0} height={0} className="absolute">
        <HatchDefs id={hatch} />
      </svg>
      <ol aria-label={`Share of linked changes per ${bucket}, UTC`} className="flex flex-wrap">
        {points.map((point, index) => {
          const notSeen = blindHoursIn(blind, Date.parse(point.from), Date.parse(point.to));
          return (
            <li key={point.from} className={index < points.length - ON_A_PHONE ? 'max-sm:hidden' : undefined}>
              <Link
                href={hrefOf(point)}
                title={sayPoint(point, notSeen, bucket)}
                className="flex w-6 justify-center rounded-sm hover:bg-sunken"
              >
                <Half point={point} notSeen={notSeen > 0} hatch={hatch} />
                <span className="sr-only">{sayPoint(point, notSeen, bucket)}</span>
              </Link>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function Half({
  point,
  notSeen,
  hatch,
}: {
  readonly point: RatePointDto;
  readonly notSeen: boolean;
  readonly hatch: string;
}) {
  const clip = useId();
  const linked = point.rate === null ? 0 : 1 - point.rate;
  // A single unlinked change among many still has to leave a visible notch.
  const filled = linked === 1 ? HEIGHT : Math.min(linked * HEIGHT, HEIGHT - 3);
  return (
    <svg aria-hidden viewBox="0 0 10 34" height={HEIGHT} className="my-1 w-full px-px">
      {point.rate === null ? (
        <rect x={2} y={30} width={6} height={2} fill="var(--idle)" />
      ) : (
        <>
          <clipPath id={clip}>
            <rect x={0} y={HEIGHT - filled} width={10} height={filled} />
          </clipPath>
          <path d={HALF} fill="var(--linked)" clipPath={`url(#${clip})`} />
          <path
            d={HALF}
            fill="none"
            stroke={linked === 1 ? 'var(--linked)' : 'var(--unlinked)'}
            strokeWidth={linked === 1 ? 0 : 0.9}
          />
        </>
      )}
      {notSeen ? <rect x={0} y={24} width={10} height={10} fill={`url(#${hatch})`} /> : null}
    </svg>
  );
}

function sayPoint(point: RatePointDto, notSeen: number, bucket: HalvesRowProps['bucket']): string {
  const when = formatInstant(point.from, 'UTC', bucket === 'hour' ? 'minute' : 'day');
  const rate =
    point.rate === null
      ? 'no changes'
      : `${formatRate(point.rate)} unlinked, ${formatCount(point.unlinked)} of ${formatCount(point.total)}`;
  return `${bucket === 'day' || bucket === 'hour' ? '' : `${bucket} of `}${when}, UTC: ${rate}${notSeen > 0 ? `, ${formatCount(notSeen)} h not seen` : ''}`;
}
