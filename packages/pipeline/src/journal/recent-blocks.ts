import type { JournalBlock } from './block.ts';

/** Payload bytes kept: what one reader may be ahead of the other before the other reads for itself. */
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * The newest blocks that one reader of a stream has read and decoded, for another that follows it closely. Nobody waits
 * for anybody: what is not here any more, or not yet, is read from the file.
 */
export class RecentBlocks {
  private readonly blocks = new Map<string, JournalBlock>();
  private bytes = 0;

  add(block: JournalBlock): void {
    this.blocks.set(keyOf(block.journal, block.offset), block);
    this.bytes += block.end - block.offset;
    for (const [key, oldest] of this.blocks) {
      if (this.bytes <= MAX_BYTES) break;
      this.blocks.delete(key);
      this.bytes -= oldest.end - oldest.offset;
    }
  }

  /** The block that begins at this place; it is given once. */
  take(journal: number, offset: number): JournalBlock | undefined {
    const key = keyOf(journal, offset);
    const block = this.blocks.get(key);
    if (block === undefined) return undefined;
    this.blocks.delete(key);
    this.bytes -= block.end - block.offset;
    return block;
  }
}

function keyOf(journal: number, offset: number): string {
  return `${journal}.${offset}`;
}
