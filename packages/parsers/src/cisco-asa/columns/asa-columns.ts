import type { ColumnBatch, NumberFieldName, TextFieldName } from '@logmaster/core/event/columns/column-batch';
import type { NumberColumn, TextColumn } from '@logmaster/core/event/columns/columns';
import { isAbsent } from '../../columns/pairs.ts';
import { type CellWrites, cellsOf, SetterMemo, withoutLabels, writeCells } from '../../columns/setter-memo.ts';
import type { EventDraft } from '../../event/draft.ts';
import { secondsToNanos } from '../../values/duration.ts';
import { accountOf } from '../endpoint.ts';
import { setUser } from '../messages.ts';
import type { Address, Side } from './side.ts';

/** The columns of a side. */
interface SideColumns {
  readonly ip: TextColumn;
  readonly port: NumberColumn;
  readonly natIp: TextColumn;
  readonly natPort: NumberColumn;
  readonly interface: TextColumn;
  readonly identity: SetterMemo;
}

/** What messages of an ASA are written into, until the batch is cleared. Cells are those of the row in the making. */
export class AsaColumns {
  private readonly batch: ColumnBatch;
  private readonly source: SideColumns;
  private readonly destination: SideColumns;
  private readonly constants = new Map<(draft: EventDraft) => void, CellWrites>();
  private readonly memos = new Map<(draft: EventDraft, value: string) => void, SetterMemo>();
  private readonly timestamp: NumberColumn;
  private readonly start: NumberColumn;
  private readonly end: NumberColumn;
  private readonly durations: NumberColumn;

  constructor(batch: ColumnBatch) {
    this.batch = batch;
    this.source = sideColumns(batch, 'source', 'ingress', setUser);
    this.destination = sideColumns(batch, 'destination', 'egress', (draft, value) =>
      draft.text('destination.user.name', accountOf(value)),
    );
    this.timestamp = batch.number('@timestamp');
    this.start = batch.number('event.start');
    this.end = batch.number('event.end');
    this.durations = batch.number('event.duration');
  }

  text(field: TextFieldName, bytes: Uint8Array, from: number, to: number): void {
    if (isAbsent(bytes, from, to)) return;
    const column = this.batch.text(field);
    column.codes[this.batch.rows] = column.dictionary.code(bytes, from, to);
  }

  number(field: NumberFieldName, value: number): void {
    this.batch.number(field).values[this.batch.rows] = value;
  }

  label(name: string, bytes: Uint8Array, from: number, to: number): void {
    if (isAbsent(bytes, from, to)) return;
    const { labels, rows } = this.batch;
    labels.set(rows, labels.keyNames.codeOfText(name), labels.valueTexts.code(bytes, from, to));
  }

  /** What a setter of the event parser makes of the value. False: it has to be read as text. */
  by(set: (draft: EventDraft, value: string) => void, bytes: Uint8Array, from: number, to: number): boolean {
    let memo = this.memos.get(set);
    if (memo === undefined) {
      memo = new SetterMemo(this.batch, set);
      this.memos.set(set, memo);
    }
    return this.write(memo, bytes, from, to);
  }

  /** What a setter makes of no value. */
  constant(set: (draft: EventDraft) => void): boolean {
    let cells = this.constants.get(set);
    if (cells === undefined) {
      cells = cellsOf(this.batch, {}, set);
      if (cells === undefined) return false;
      this.constants.set(set, cells);
    }
    writeCells(cells, this.batch.rows);
    return true;
  }

  /** Both sides and their identities as in connections.ts. `extra`: an identity behind both. */
  sides(bytes: Uint8Array, source: Side, destination: Side, extra: Side): boolean {
    this.addresses(bytes, source, destination);
    if (!this.user(bytes, source.identityFrom < 0 ? extra : source)) return false;
    const { identityFrom, identityTo } = destination;
    return identityFrom < 0 || this.write(this.destination.identity, bytes, identityFrom, identityTo);
  }

  addresses(bytes: Uint8Array, source: Side, destination: Side): boolean {
    this.side(this.source, bytes, source);
    this.side(this.destination, bytes, destination);
    return true;
  }

  sourceSide(bytes: Uint8Array, side: Side): boolean {
    this.side(this.source, bytes, side);
    return this.user(bytes, side);
  }

  /** The identity of a side as the user. */
  user(bytes: Uint8Array, { identityFrom, identityTo }: Side): boolean {
    return identityFrom < 0 || this.write(this.source.identity, bytes, identityFrom, identityTo);
  }

  /** The translated address of a side, whatever its own address is. */
  mapped(which: 'source' | 'destination', bytes: Uint8Array, { from, to, port }: Address): void {
    const columns = this[which];
    const { rows } = this.batch;
    columns.natIp.codes[rows] = columns.natIp.dictionary.code(bytes, from, to);
    if (port >= 0) columns.natPort.values[rows] = port;
  }

  /** Of something that is over. False: longer than an event can say. */
  duration(seconds: number): boolean {
    const nanos = secondsToNanos(seconds);
    if (nanos === undefined) return false;
    const { rows } = this.batch;
    const end = this.timestamp.values[rows] as number;
    this.durations.values[rows] = nanos;
    this.end.values[rows] = end;
    this.start.values[rows] = end - Math.round(nanos / 1000);
    return true;
  }

  private side(columns: SideColumns, bytes: Uint8Array, side: Side): void {
    const { address, mapped } = side;
    const { rows } = this.batch;
    columns.ip.codes[rows] = columns.ip.dictionary.code(bytes, address.from, address.to);
    if (address.port >= 0) columns.port.values[rows] = address.port;
    if (side.interfaceFrom >= 0 && !isAbsent(bytes, side.interfaceFrom, side.interfaceTo)) {
      columns.interface.codes[rows] = columns.interface.dictionary.code(bytes, side.interfaceFrom, side.interfaceTo);
    }
    // A mapped address equal to the real one means that nothing was translated.
    if (side.hasMapped && !mapped.equals(address, bytes)) {
      columns.natIp.codes[rows] = columns.natIp.dictionary.code(bytes, mapped.from, mapped.to);
      columns.natPort.values[rows] = mapped.port;
    }
  }

  private write(memo: SetterMemo, bytes: Uint8Array, from: number, to: number): boolean {
    const cells = withoutLabels(memo.cellsFor(bytes, from, to));
    if (cells !== undefined) writeCells(cells, this.batch.rows);
    return cells !== undefined;
  }
}

function sideColumns(
  batch: ColumnBatch,
  side: 'source' | 'destination',
  way: 'ingress' | 'egress',
  identity: (draft: EventDraft, value: string) => void,
): SideColumns {
  return {
    ip: batch.text(`${side}.ip`),
    port: batch.number(`${side}.port`),
    natIp: batch.text(`${side}.nat.ip`),
    natPort: batch.number(`${side}.nat.port`),
    interface: batch.text(`observer.${way}.interface.name`),
    identity: new SetterMemo(batch, identity),
  };
}
