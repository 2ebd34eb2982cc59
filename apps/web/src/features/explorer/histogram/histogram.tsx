'use client';
import { useTranslations } from 'next-intl';
import { type PointerEvent, useRef, useState } from 'react';
import { cn } from '@/components/cn.ts';
import { useWidth } from '@/components/use-width.ts';
import { EVENT_TYPES, eventColour } from '@/features/explorer/fields.ts';
import { Axis } from '@/features/explorer/histogram/axis.tsx';
import { BarHint } from '@/features/explorer/histogram/bar-hint.tsx';
import { dragRange, type HistogramView, layoutBars, niceCeiling } from '@/features/explorer/histogram/geometry.ts';

const HEIGHT = 72;

interface HistogramProps {
  view: HistogramView;
  stale: boolean;
  onZoom: (from: number, to: number) => void;
}

export function Histogram({ view, stale, onZoom }: HistogramProps) {
  const t = useTranslations('histogram');
  const ref = useRef<HTMLDivElement>(null);
  const width = useWidth(ref);
  const [hover, setHover] = useState<number | null>(null);
  const [drag, setDrag] = useState<{ start: number; end: number } | null>(null);
  const peak = niceCeiling(Math.max(1, ...view.buckets.map((bucket) => bucket.count)));
  const bars = layoutBars(view.buckets, EVENT_TYPES, { width, height: HEIGHT }, peak);
  const place = (event: PointerEvent) => event.clientX - (ref.current?.getBoundingClientRect().left ?? 0);
  const indexAt = (x: number) =>
    Math.min(bars.length - 1, Math.max(0, Math.floor((x / Math.max(width, 1)) * bars.length)));

  function finish(event: PointerEvent) {
    if (!drag) return;
    setDrag(null);
    const zoomed = dragRange(drag.start, place(event), width, view);
    if (zoomed) onZoom(zoomed.from, zoomed.to);
  }

  return (
    <div className="relative">
      <div
        ref={ref}
        role="img"
        data-testid="histogram"
        aria-label={t('label', { count: view.buckets.reduce((sum, bucket) => sum + bucket.count, 0) })}
        className={cn('relative cursor-crosshair touch-pan-y select-none transition-opacity', stale && 'opacity-50')}
        style={{ height: HEIGHT }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ start: place(event), end: place(event) });
        }}
        onPointerMove={(event) => {
          setHover(indexAt(place(event)));
          if (drag) setDrag({ ...drag, end: place(event) });
        }}
        onPointerUp={finish}
        onPointerCancel={() => setDrag(null)}
        onPointerLeave={() => setHover(null)}
      >
        <svg width={width} height={HEIGHT} aria-hidden className="block">
          <line x1={0} x2={width} y1={0.5} y2={0.5} className="stroke-line" strokeDasharray="2 3" />
          <line x1={0} x2={width} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="stroke-line" />
          {hover !== null && !drag && bars[hover] && (
            <rect x={bars[hover].x} y={0} width={bars[hover].width} height={HEIGHT} className="fill-ink/8" />
          )}
          {bars.map((bar, index) =>
            bar.pieces.map((piece) => (
              <rect
                key={`${view.buckets[index]?.from} ${piece.key}`}
                x={bar.x}
                y={piece.y}
                width={bar.width}
                height={piece.height}
                style={{ fill: eventColour(piece.key) }}
              />
            )),
          )}
          {drag && (
            <rect
              x={Math.min(drag.start, drag.end)}
              y={0}
              width={Math.abs(drag.end - drag.start)}
              height={HEIGHT}
              className="fill-accent/20 stroke-accent"
            />
          )}
        </svg>
        {hover !== null && view.buckets[hover] && (
          <BarHint
            bucket={view.buckets[hover]}
            interval={view.interval}
            x={(bars[hover]?.x ?? 0) + (bars[hover]?.width ?? 0) / 2}
            width={width}
          />
        )}
      </div>
      <Axis view={view} width={width} peak={peak} />
    </div>
  );
}
