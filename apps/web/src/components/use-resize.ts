'use client';
import { type KeyboardEvent, type PointerEvent, useCallback } from 'react';

interface ResizeOptions {
  readonly size: number;
  readonly min: number;
  readonly max: number;
  /** 1 when dragging right makes it larger, -1 when it makes it smaller. */
  readonly direction: 1 | -1;
  readonly onChange: (size: number) => void;
}

const KEY_STEP_PX = 16;

/** Handlers for a vertical separator that changes a width: by pointer, or by arrow keys when focused. */
export function useResize({ size, min, max, direction, onChange }: ResizeOptions) {
  const clamp = useCallback((value: number) => Math.round(Math.min(max, Math.max(min, value))), [min, max]);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const startX = event.clientX;
    const target = event.currentTarget;
    target.setPointerCapture(event.pointerId);
    const move = (e: globalThis.PointerEvent) => onChange(clamp(size + (e.clientX - startX) * direction));
    const end = () => {
      target.removeEventListener('pointermove', move);
      target.removeEventListener('pointerup', end);
      target.removeEventListener('pointercancel', end);
    };
    target.addEventListener('pointermove', move);
    target.addEventListener('pointerup', end);
    target.addEventListener('pointercancel', end);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowRight' ? KEY_STEP_PX : event.key === 'ArrowLeft' ? -KEY_STEP_PX : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(clamp(size + step * direction));
  };
  return { onPointerDown, onKeyDown };
}
