import { isBefore } from '../../indexed-event.ts';
import type { StreamRange } from '../../sheddable-index.ts';

/** A file of the index, or a part that is out already. */
export interface Piece {
  readonly ranges: readonly StreamRange[];
  /** µs. */
  readonly minReceived: number;
}

/**
 * Pieces of one day whose ranges overlap, directly or through others, together; groups and their pieces oldest first.
 * Merging may leave a file whose range spans another file's. A group's ranges hold its own rows and nobody else's, so
 * what was in it can be told from the ids alone.
 */
export function overlappingGroups<T extends Piece>(pieces: readonly T[]): T[][] {
  const root = pieces.map((_, index) => index);
  const find = (index: number): number => {
    let at = index;
    while (root[at] !== at) at = root[at] as number;
    root[index] = at;
    return at;
  };
  for (const ranges of rangesByStream(pieces).values()) {
    ranges.sort((a, b) => (isBefore(a.range.first, b.range.first) ? -1 : 1));
    let reach = ranges[0];
    for (const next of ranges.slice(1)) {
      if (reach === undefined) break;
      const overlaps = !isBefore(reach.range.last, next.range.first);
      if (overlaps) root[find(next.piece)] = find(reach.piece);
      if (!overlaps || isBefore(reach.range.last, next.range.last)) reach = next;
    }
  }
  const groups = new Map<number, T[]>();
  for (const [index, piece] of pieces.entries()) {
    const group = groups.get(find(index));
    if (group) group.push(piece);
    else groups.set(find(index), [piece]);
  }
  const sorted = [...groups.values()];
  for (const group of sorted) group.sort((a, b) => a.minReceived - b.minReceived);
  return sorted.sort((a, b) => first(a) - first(b));
}

function rangesByStream(pieces: readonly Piece[]): Map<string, { piece: number; range: StreamRange }[]> {
  const streams = new Map<string, { piece: number; range: StreamRange }[]>();
  for (const [piece, { ranges }] of pieces.entries()) {
    for (const range of ranges) {
      const list = streams.get(range.stream);
      if (list) list.push({ piece, range });
      else streams.set(range.stream, [{ piece, range }]);
    }
  }
  return streams;
}

const first = (group: readonly Piece[]) => group[0]?.minReceived ?? 0;
