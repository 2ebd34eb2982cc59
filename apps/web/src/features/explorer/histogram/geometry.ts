/** Where the bars of the histogram go. Times are epoch ms; lengths are CSS pixels. */
export interface BarInput {
  readonly from: number;
  readonly count: number;
  readonly stacks: Readonly<Record<string, number>>;
}

export interface HistogramView {
  readonly from: number;
  readonly to: number;
  readonly interval: number;
  readonly buckets: readonly BarInput[];
}

export interface BarPiece {
  readonly key: string;
  readonly y: number;
  readonly height: number;
}

export interface Bar {
  readonly x: number;
  readonly width: number;
  readonly pieces: readonly BarPiece[];
}

/** Smallest visible bar: one record among millions must still be seen. */
const MIN_BAR_PX = 2;

/** Bars for `buckets` in a box; pieces are stacked upwards in the order of `keys`, the rest on top as ''. */
export function layoutBars(
  buckets: readonly BarInput[],
  keys: readonly string[],
  box: { width: number; height: number },
  peak: number,
): Bar[] {
  const step = buckets.length > 0 ? box.width / buckets.length : 0;
  const gap = step > 4 ? 1 : 0;
  return buckets.map((bucket, index) => {
    const total = bucket.count > 0 ? Math.max(MIN_BAR_PX, (bucket.count / peak) * box.height) : 0;
    let y = box.height;
    let counted = 0;
    const pieces: BarPiece[] = [];
    const push = (key: string, count: number) => {
      if (count <= 0) return;
      const height = (count / bucket.count) * total;
      y -= height;
      counted += count;
      pieces.push({ key, y, height });
    };
    for (const key of keys) push(key, bucket.stacks[key] ?? 0);
    push('', bucket.count - counted);
    return { x: index * step, width: Math.max(step - gap, 0.5), pieces };
  });
}

/** Round top of the axis at or above the peak: 1, 2 or 5 times a power of ten. */
export function niceCeiling(peak: number): number {
  if (peak <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(peak));
  return [1, 2, 5, 10].map((factor) => factor * power).find((top) => top >= peak) ?? peak;
}

/** Moment under a pixel. */
export function timeAt(x: number, width: number, from: number, to: number): number {
  if (width <= 0) return from;
  return from + Math.min(1, Math.max(0, x / width)) * (to - from);
}

/** The zoomed range of a drag: whole intervals that the drag touches, null when it was only a click. */
export function dragRange(
  startX: number,
  endX: number,
  width: number,
  view: { from: number; to: number; interval: number },
): { from: number; to: number } | null {
  if (Math.abs(endX - startX) < 4) return null;
  const [left, right] = [Math.min(startX, endX), Math.max(startX, endX)];
  const snap = (ms: number, round: (value: number) => number) =>
    view.from + round((ms - view.from) / view.interval) * view.interval;
  const from = snap(timeAt(left, width, view.from, view.to), Math.floor);
  const to = snap(timeAt(right, width, view.from, view.to), Math.ceil);
  return from < to ? { from, to: Math.min(to, Math.max(view.to, from + view.interval)) } : null;
}

/** Places for the axis labels: at most one every `minPx`, on bucket edges. */
export function tickIndexes(buckets: number, width: number, minPx: number): number[] {
  if (buckets === 0 || width <= 0) return [];
  const every = Math.max(1, Math.ceil((minPx * buckets) / width));
  return Array.from({ length: Math.ceil(buckets / every) }, (_, i) => i * every);
}
