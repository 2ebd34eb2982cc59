/** One document and where it goes. */
export interface BulkItem {
  readonly index: string;
  readonly id: string;
  /** JSON without line ends. */
  readonly document: string;
}

/** Largest body, UTF-16 units; Elasticsearch takes 100 MiB and works best with a few. One document may be larger. */
export const BODY_LENGTH = 5 * 1_048_576;

const lines = ({ index, id, document }: BulkItem) =>
  `{"index":{"_index":${JSON.stringify(index)},"_id":${JSON.stringify(id)}}}\n${document}\n`;
/** What `lines` adds to names and document. */
const LINES_LENGTH = lines({ index: '', id: '', document: '' }).length;

/** The `_bulk` body of some items, newline-delimited JSON. `index` and not `create`: a replay writes the same again. */
export function bulkBody(items: readonly BulkItem[]): string {
  return items.map(lines).join('');
}

/** Cuts items into stretches whose bodies stay within `length`; each has at least one item. */
export function* inBodies(items: readonly BulkItem[], length = BODY_LENGTH): Generator<readonly BulkItem[]> {
  let part: BulkItem[] = [];
  let filled = 0;
  for (const item of items) {
    const needed = LINES_LENGTH + item.index.length + item.id.length + item.document.length;
    if (part.length > 0 && filled + needed > length) {
      yield part;
      part = [];
      filled = 0;
    }
    part.push(item);
    filled += needed;
  }
  if (part.length > 0) yield part;
}
