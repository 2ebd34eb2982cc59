import { setImmediate as breathe } from 'node:timers/promises';
import type { ColumnParser } from '@logmaster/parsers/column-parser';
import type { Events } from '@logmaster/telemetry/events';
import type { RecordsBlock } from '../../journal/block.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { NodeEnrichment } from '../enrichment/node-enrichment.ts';
import { RowEnricher } from '../enrichment/row-enricher.ts';
import type { MappingTimeline } from '../routing/mapping-timeline.ts';
import type { Sightings } from '../routing/sightings.ts';
import type { IndexStream } from './index-stream.ts';
import { RecordRows } from './record-rows.ts';

export interface BlockParserOptions {
  readonly parser: ColumnParser;
  readonly timeline: () => MappingTimeline;
  /** IANA zone of stamps that carry none, where device and site have none. */
  readonly timeZone: string;
  readonly enrichment: NodeEnrichment;
  readonly sightings: Sightings;
  readonly coverage: Coverage;
  readonly events: Events;
}

/** Records parsed between two looks at everything else: about 4 ms. */
const SLICE = 500;

/** Blocks of the journal into rows of a batch: parsed, enriched, and counted for their senders. */
export class BlockParser {
  private readonly options: BlockParserOptions;
  private readonly enricher: RowEnricher;

  constructor(options: BlockParserOptions) {
    this.options = options;
    const { enrichment } = options;
    this.enricher = new RowEnricher(
      () => enrichment.current,
      (site, claim) => enrichment.observe(site, claim),
    );
  }

  /**
   * Appends the records that the stream has not parsed yet to its batch.
   * @param end index in `block` behind the last record to parse
   */
  async parse(stream: IndexStream, block: RecordsBlock, end = block.count): Promise<void> {
    const { parser, timeline, timeZone, sightings, coverage, enrichment, events } = this.options;
    const mapping = timeline();
    const { batch } = stream;
    if (batch.rows === 0) stream.since = performance.now();
    if (block.journal !== stream.to.journal) stream.from = { journal: block.journal, sequence: block.firstSequence };
    const first = batch.rows;
    const rows = new RecordRows(batch, {
      parser,
      idPrefix: `${stream.stream}.${block.journal}.`,
      timeZone,
      enricher: this.enricher,
      onParserFailure: (error: unknown) => events.emit('parser_failed', { err: error }),
    });
    let index = stream.firstNew(block);
    const { journal, offset, firstSequence, frames } = block;
    const here = () => ({ journal, offset, sequence: firstSequence + index });
    const raw = () => frames.raw(index);
    for (; index < end; index++) {
      const owner = mapping.ownerAt(frames.source(index), stream.stream, here, raw);
      rows.append(frames, index, firstSequence + index, owner);
      if (index % SLICE === SLICE - 1) await breathe();
    }
    sightings.seeRows(batch, first);
    coverage.seeRows(batch, first);
    await enrichment.flush();
    stream.to = { journal: block.journal, sequence: block.firstSequence + end };
  }
}
