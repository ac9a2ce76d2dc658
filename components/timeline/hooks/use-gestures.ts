'use client';

import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type Extent, lengthOf, panned, zoomAround } from '../geometry/extent';
import type { ChartFrame } from '../geometry/frame';
import { type Scale, selectionOf, selectStep } from '../geometry/scale';

/** A press that moves less is a click. */
const DRAG_PX = 4;
const WHEEL_SPEED = 0.0022;

type Gestures = {
  readonly element: RefObject<SVGSVGElement | null>;
  readonly scale: Scale;
  readonly frame: ChartFrame;
  readonly move: (next: Extent) => void;
  readonly onBrush: (brush: Extent) => void;
  /** A click beside everything. */
  readonly onNothing: () => void;
};

type Hold =
  | { readonly kind: 'brush'; readonly from: number; readonly x: number }
  | { readonly kind: 'pan'; readonly extent: Extent; readonly x: number }
  | { readonly kind: 'pinch'; readonly extent: Extent; readonly a: number; readonly b: number };

/**
 * Mouse and fingers: dragging in a lane selects, dragging the axis pans, two fingers zoom and pan, the wheel zooms with Ctrl
 * (which is what a trackpad's pinch sends) or while the chart has the focus, so that it does not take the page's scrolling away.
 */
export function useGestures({ element, scale, frame, move, onBrush, onNothing }: Gestures) {
  const [draft, setDraft] = useState<Extent | null>(null);
  const hold = useRef<Hold | null>(null);
  const dragged = useRef(false);
  const fingers = useRef(new Map<number, number>());
  useWheel(element, scale, move);

  const xOf = (event: ReactPointerEvent) => {
    const box = element.current?.getBoundingClientRect();
    const x = event.clientX - (box?.left ?? 0);
    return Math.min(Math.max(x, frame.left), frame.left + frame.plot);
  };
  const onPointerDown = (event: ReactPointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return;
    const x = xOf(event);
    fingers.current.set(event.pointerId, x);
    dragged.current = false;
    if (fingers.current.size === 2) {
      const [a = x, b = x] = [...fingers.current.values()];
      setDraft(null);
      dragged.current = true;
      hold.current = { kind: 'pinch', extent: scale.extent, a, b };
      return;
    }
    const y = event.clientY - (element.current?.getBoundingClientRect().top ?? 0);
    const onAxis = y >= frame.axisTop && y <= frame.axisBottom;
    hold.current = onAxis
      ? { kind: 'pan', extent: scale.extent, x }
      : { kind: 'brush', from: scale.at(x), x };
  };
  const onPointerMove = (event: ReactPointerEvent<SVGSVGElement>) => {
    const held = hold.current;
    if (held === null || !fingers.current.has(event.pointerId)) return;
    const x = xOf(event);
    fingers.current.set(event.pointerId, x);
    if (held.kind === 'pinch') {
      const [a = x, b = x] = [...fingers.current.values()];
      move(pinched(held, a, b, frame));
      return;
    }
    if (!dragged.current && Math.abs(x - held.x) < DRAG_PX) return;
    if (!dragged.current) {
      dragged.current = true;
      // Only now: a capture before would take clicks away from the marks.
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    if (held.kind === 'pan')
      move(panned(held.extent, ((held.x - x) / frame.plot) * lengthOf(held.extent), Date.now()));
    else setDraft(selectionOf(held.from, scale.at(x), selectStep(scale)));
  };
  const onPointerUp = (event: ReactPointerEvent<SVGSVGElement>) => {
    fingers.current.delete(event.pointerId);
    const held = hold.current;
    if (fingers.current.size > 0) return;
    hold.current = null;
    if (held?.kind === 'brush' && draft !== null) onBrush(draft);
    else if (held?.kind === 'brush' && !dragged.current && !isOnItem(event.target)) onNothing();
    setDraft(null);
  };
  const onPointerCancel = (event: ReactPointerEvent<SVGSVGElement>) => {
    fingers.current.delete(event.pointerId);
    hold.current = null;
    setDraft(null);
  };
  return { draft, dragged, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel } };
}

/** React listens to wheels passively, and then the page cannot be kept from scrolling. */
function useWheel(element: RefObject<SVGSVGElement | null>, scale: Scale, move: (next: Extent) => void) {
  const now = useRef({ scale, move });
  now.current = { scale, move };
  useEffect(() => {
    const svg = element.current;
    if (svg === null) return;
    const onWheel = (event: WheelEvent) => {
      const { scale: seen, move: go } = now.current;
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        go(panned(seen.extent, (sideways / seen.width) * lengthOf(seen.extent), Date.now()));
      } else if (event.ctrlKey || event.metaKey || svg.contains(document.activeElement)) {
        event.preventDefault();
        const around = seen.at(event.clientX - svg.getBoundingClientRect().left);
        go(zoomAround(seen.extent, around, Math.exp(event.deltaY * WHEEL_SPEED), Date.now()));
      }
    };
    svg.addEventListener('wheel', onWheel, { passive: false });
    return () => svg.removeEventListener('wheel', onWheel);
  }, [element]);
}

function pinched(held: Extract<Hold, { kind: 'pinch' }>, a: number, b: number, frame: ChartFrame): Extent {
  const perPixel = lengthOf(held.extent) / frame.plot;
  const middle = (held.a + held.b) / 2;
  const around = held.extent.from + (middle - frame.left) * perPixel;
  const factor = Math.max(Math.abs(held.a - held.b), 12) / Math.max(Math.abs(a - b), 12);
  const zoomed = zoomAround(held.extent, around, factor, Date.now());
  const shift = (middle - (a + b) / 2) * (lengthOf(zoomed) / frame.plot);
  return panned(zoomed, shift, Date.now());
}

function isOnItem(target: EventTarget): boolean {
  return target instanceof Element && target.closest('[data-item]') !== null;
}
