import { BlockBuilder } from './block-builder.ts';

/** Blocks in flight hold 1.1 MiB each; more than this many are given back to the heap. */
const MAX_SPARE_BUILDERS = 4;

/** Builders whose blocks are durable, for the blocks to come. */
export class SpareBuilders {
  private readonly spare: BlockBuilder[] = [];

  take(): BlockBuilder {
    return this.spare.pop() ?? new BlockBuilder();
  }

  giveBack(builder: BlockBuilder): void {
    if (this.spare.length >= MAX_SPARE_BUILDERS) return;
    builder.reset();
    this.spare.push(builder);
  }
}
