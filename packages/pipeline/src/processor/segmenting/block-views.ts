import { EscapeScan } from '@logmaster/signing/escape';
import type { RecordSource, RecordView } from '@logmaster/signing/record-line';
import type { RecordFrames } from '../../journal/decode.ts';
import { flagLetters } from '../../journal/flags.ts';

/** The records of a block as segments take them: one object that shows them one after the other, in rising order. */
export class BlockViews implements RecordView {
  readonly idPrefix: string;
  readonly bytes: Buffer;
  private readonly firstSequence: number;
  private readonly frames: RecordFrames;
  private readonly scan: EscapeScan;
  sequence = 0;
  receivedAt = 0;
  source: RecordSource;
  flags = '';
  from = 0;
  to = 0;
  escapes = false;

  constructor(idPrefix: string, firstSequence: number, frames: RecordFrames) {
    this.idPrefix = idPrefix;
    this.firstSequence = firstSequence;
    this.frames = frames;
    this.bytes = frames.payload;
    this.scan = new EscapeScan(frames.payload);
    this.source = frames.source(0);
  }

  at(index: number): RecordView {
    const { frames } = this;
    this.sequence = this.firstSequence + index;
    this.receivedAt = frames.receivedAt(index);
    this.source = frames.source(index);
    this.flags = flagLetters(frames.flags(index));
    this.from = frames.from(index);
    this.to = frames.to(index);
    this.escapes = this.scan.needed(this.from, this.to);
    return this;
  }
}
