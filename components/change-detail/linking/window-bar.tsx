'use client';

import { formatSpan } from '@/components/ui/data/format';
import { formatInstant } from '@/components/ui/data/format-time';
import { Time } from '@/components/ui/data/time';
import { useZone } from '@/components/url/use-zone';
import type { LinkClaimDto } from '@/lib/changes/contract';
import { placeInWindow, windowScale } from './window-scale';

const HEIGHT = 34;
const MIDDLE = 17;

type WindowBarProps = {
  readonly claim: Pick<LinkClaimDto, 'approvedAt'> & { readonly window: NonNullable<LinkClaimDto['window']> };
  readonly eventDate: string;
};

/** The agreed window as a bar with the instant of the change on it, and the approval where it lies near enough. */
export function WindowBar({ claim, eventDate }: WindowBarProps) {
  const zone = useZone();
  const { window } = claim;
  const scale = windowScale({ window, eventDate, approvedAt: claim.approvedAt });
  const { place, ms } = placeInWindow(window, eventDate);
  const said =
    place === 'inside' && ms === 0
      ? 'made as the window began, which is inside'
      : place === 'inside'
        ? `made ${formatSpan(ms)} after the window began`
        : place === 'before'
          ? `made ${formatSpan(ms)} before the window began`
          : ms === 0
            ? 'made as the window ended, which is outside'
            : `made ${formatSpan(ms)} after the window ended`;
  const inside = place === 'inside';
  return (
    <figure className="mt-3">
      <svg
        role="img"
        aria-label={`Window from ${formatInstant(window.from, zone, 'minute')} to ${formatInstant(window.to, zone, 'minute')}; the change at ${formatInstant(eventDate, zone)}, ${said}`}
        width="100%"
        height={HEIGHT}
        className="block overflow-visible"
      >
        <line x1="0" x2="100%" y1={MIDDLE} y2={MIDDLE} stroke="var(--line-strong)" />
        <rect
          x={`${scale.left}%`}
          width={`${scale.width}%`}
          y={MIDDLE - 8}
          height={16}
          rx={2}
          fill="var(--linked)"
          fillOpacity={0.16}
          stroke="var(--linked)"
        />
        {scale.approvedAt === null ? null : (
          <svg x={`${scale.approvedAt}%`} y={MIDDLE} overflow="visible" aria-hidden>
            <path d="M-5 0L-1.5 4L5 -5" fill="none" stroke="var(--linked)" strokeWidth={2} />
          </svg>
        )}
        <svg x={`${scale.at}%`} y={MIDDLE} overflow="visible" aria-hidden>
          <line y1={-16} y2={16} stroke="var(--ink)" strokeWidth={1.5} />
          <path
            d="M0 -6L6 0L0 6L-6 0Z"
            fill={inside ? 'var(--ink)' : 'var(--surface)'}
            stroke={inside ? 'var(--ink)' : 'var(--outside)'}
            strokeWidth={2}
          />
        </svg>
      </svg>
      <figcaption className="flex flex-wrap gap-x-3 gap-y-0.5 text-sm">
        <span className="text-muted">Window</span>
        <span>
          <Time at={window.from} precision="minute" /> to <Time at={window.to} precision="minute" />
        </span>
        <span className={inside ? 'text-linked' : 'text-outside'}>
          {inside ? '◆' : '◇'} {said}
        </span>
      </figcaption>
    </figure>
  );
}
