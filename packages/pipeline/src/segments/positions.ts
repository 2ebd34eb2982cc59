import { z } from 'zod';
import { comparePositions, STREAM_START, type StreamPosition } from '../journal/block.ts';

const count = z.int().nonnegative();

export const positionSchema = z.strictObject({ journal: count, offset: count, sequence: count });

/** Stream name → place in it. A stream that is not named is at its start. */
export const positionsSchema = z.record(z.string(), positionSchema);
export type Positions = z.infer<typeof positionsSchema>;

/** The start for a stream that is not named. */
export function positionIn(positions: Positions, stream: string): StreamPosition {
  return positions[stream] ?? STREAM_START;
}

/** For each stream the earliest place that any of them names. */
export function earliest(all: readonly Positions[]): Positions {
  const streams = new Set(all.flatMap((positions) => Object.keys(positions)));
  const result: Positions = {};
  for (const stream of streams) {
    result[stream] = all.map((p) => positionIn(p, stream)).reduce((a, b) => (comparePositions(a, b) <= 0 ? a : b));
  }
  return result;
}
