import { writeEvent } from '@logmaster/core/event/columns/append-event';
import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { NumberColumn, TextColumn } from '@logmaster/core/event/columns/columns';
import type { ColumnParser } from '@logmaster/parsers/column-parser';
import type { ParseContext } from '@logmaster/parsers/contracts';
import type { JournalSource, RecordFrames } from '../../journal/decode.ts';
import { flagLetters } from '../../journal/flags.ts';
import type { RowEnricher } from '../enrichment/row-enricher.ts';
import { unparsed } from '../events/to-event.ts';
import type { Owner } from '../routing/owners.ts';

export interface RowContext {
  readonly parser: ColumnParser;
  /** `<node>.<worker>.<journal>.` */
  readonly idPrefix: string;
  /** IANA zone of stamps that carry none, where the record's site has none. */
  readonly timeZone: string;
  readonly enricher: RowEnricher;
  readonly onParserFailure: (error: unknown) => void;
}

/** What a sender's records have in common, as codes. */
interface Known {
  readonly source: JournalSource;
  readonly owner: Owner;
  readonly address: number;
  readonly transport: number;
  readonly site: number;
  readonly siteName: number;
  readonly device: number;
  readonly deviceName: number;
}

/** Received records as rows of a batch: the parser's cells, then what the processor knows. The same as `toEvent`. */
export class RecordRows {
  private readonly batch: ColumnBatch;
  private readonly context: RowContext;
  private readonly prefix: number;
  private readonly enrich: (row: number, owner: Owner) => void;
  private readonly receivedAt: NumberColumn;
  private readonly address: TextColumn;
  private readonly transport: TextColumn;
  private readonly site: TextColumn;
  private readonly siteName: TextColumn;
  private readonly device: TextColumn;
  private readonly flags: TextColumn;
  private readonly observerName: TextColumn;
  private readonly observerHostname: TextColumn;
  /** One object for all records: parsers keep nothing of it. */
  private readonly parsing: { -readonly [K in keyof ParseContext]: ParseContext[K] } = {
    receivedAt: 0,
    timeZone: '',
    source: '',
  };
  private readonly known = new Map<JournalSource, Known>();

  constructor(batch: ColumnBatch, context: RowContext) {
    this.batch = batch;
    this.context = context;
    this.enrich = context.enricher.of(batch);
    this.prefix = batch.idPrefix.dictionary.codeOfText(context.idPrefix);
    this.receivedAt = batch.number('logmaster.received_at');
    this.address = batch.text('log.source.address');
    this.transport = batch.text('logmaster.transport');
    this.site = batch.text('logmaster.site.id');
    this.siteName = batch.text('logmaster.site.name');
    this.device = batch.text('logmaster.device.id');
    this.flags = batch.text('logmaster.flags');
    this.observerName = batch.text('observer.name');
    this.observerHostname = batch.text('observer.hostname');
  }

  append(frames: RecordFrames, index: number, sequence: number, owner: Owner): void {
    const { batch } = this;
    const row = batch.rows;
    const known = this.knownOf(frames.source(index), owner);
    this.parse(frames, index, owner);
    this.address.codes[row] = known.address;
    batch.idPrefix.codes[row] = this.prefix;
    batch.idSequence.values[row] = sequence;
    this.receivedAt.values[row] = frames.receivedAt(index);
    this.transport.codes[row] = known.transport;
    this.site.codes[row] = known.site;
    this.siteName.codes[row] = known.siteName;
    const flags = frames.flags(index);
    if (flags !== 0) {
      const letters = flagLetters(flags);
      if (letters !== '') this.flags.codes[row] = this.flags.dictionary.codeOfText(letters);
    }
    if (known.device !== 0) this.device.codes[row] = known.device;
    if (known.deviceName !== 0) this.setName(row, known.deviceName);
    this.enrich(row, owner);
    batch.endRow();
  }

  private parse(frames: RecordFrames, index: number, owner: Owner): void {
    const { parser, timeZone, onParserFailure } = this.context;
    const { parsing } = this;
    const { payload } = frames;
    const receivedAt = frames.receivedAt(index);
    parsing.receivedAt = receivedAt;
    parsing.timeZone = owner.timeZone ?? timeZone;
    parsing.source = frames.source(index).address;
    parsing.deviceId = owner.deviceId;
    parsing.siteId = owner.site;
    try {
      parser.parse(this.batch, payload, frames.from(index), frames.to(index), parsing);
    } catch (error) {
      onParserFailure(error);
      this.batch.dropRow();
      const raw = payload.subarray(frames.from(index), frames.to(index));
      writeEvent(this.batch, unparsed(raw, receivedAt));
    }
  }

  /** What the device calls itself stays visible beside the name it was approved under. */
  private setName(row: number, deviceName: number): void {
    const own = this.observerName.codes[row] as number;
    if (own !== 0 && this.observerHostname.codes[row] === 0) {
      const { bytes, offsets } = this.observerName.dictionary;
      const code = this.observerHostname.dictionary.code(bytes, offsets[own - 1] as number, offsets[own] as number);
      this.observerHostname.codes[row] = code;
    }
    this.observerName.codes[row] = deviceName;
  }

  private knownOf(source: JournalSource, owner: Owner): Known {
    const known = this.known.get(source);
    if (known !== undefined && known.owner === owner) return known;
    const found: Known = {
      source,
      owner,
      address: this.address.dictionary.codeOfText(source.address),
      transport: this.transport.dictionary.codeOfText(source.transport),
      site: this.site.dictionary.codeOfText(owner.site),
      siteName: owner.siteName === undefined ? 0 : this.siteName.dictionary.codeOfText(owner.siteName),
      device: owner.deviceId === undefined ? 0 : this.device.dictionary.codeOfText(owner.deviceId),
      deviceName: owner.deviceName === undefined ? 0 : this.observerName.dictionary.codeOfText(owner.deviceName),
    };
    this.known.set(source, found);
    return found;
  }
}
