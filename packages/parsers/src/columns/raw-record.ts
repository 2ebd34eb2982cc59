import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { ParseContext } from '../contracts.ts';
import type { HeaderPlaces } from '../syslog/header-places.ts';
import type { ZoneClock } from '../time/zone.ts';
import { HeaderColumns } from './header-columns.ts';
import { PerBatch } from './per-batch.ts';
import { type CellWrites, cellsOf, writeCells } from './setter-memo.ts';

/** What fill-draft.ts says of every record that no vendor's parser knows. */
const CONSTANTS = {
  'event.kind': 'event',
  'event.dataset': 'generic.syslog',
  'event.type': 'info',
  'logmaster.parser': 'none',
  'logmaster.parse.status': 'raw',
} as const;

/** Records that are nobody's, from bytes into columns. */
export class RawRecordWriter {
  private readonly columns: PerBatch<{ readonly header: HeaderColumns; readonly constants: CellWrites }>;

  constructor(zones: ZoneClock) {
    this.columns = new PerBatch((batch) => ({
      header: new HeaderColumns(batch, zones),
      constants: cellsOf(batch, {}, ({ event }) => Object.assign(event, CONSTANTS)) as CellWrites,
    }));
  }

  /** The ASCII record in bytes[from, to), whose text ends at `end`. False, and cells are written: it has to be read as text. */
  write(
    batch: ColumnBatch,
    bytes: Uint8Array,
    from: number,
    end: number,
    to: number,
    places: HeaderPlaces,
    context: ParseContext,
  ): boolean {
    const { header, constants } = this.columns.of(batch);
    if (!header.write(bytes, from, to, places, context)) return false;
    header.writeMessage(bytes, from, to, places.messageAt, end);
    writeCells(constants, batch.rows);
    return true;
  }
}
