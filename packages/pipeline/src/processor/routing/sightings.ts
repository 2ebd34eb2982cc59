import type { DeviceDirectory, DeviceSighting } from '@logmaster/core/devices';
import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { TextColumn } from '@logmaster/core/event/columns/columns';
import { ClockSkews } from '../clocks/clock-skews.ts';

/** Senders remembered while the database is away. More than this at once is an attack, not a network. */
const MAX_SENDERS = 20_000;

/** Records of one sender and block whose clock is looked at. */
const MAX_LOOKS = 8;

type Mutable = { -readonly [K in keyof DeviceSighting]: DeviceSighting[K] };

/** Of each sender (by its code) the text that its newest row with one has in the first of these columns. */
function newestTexts(
  batch: ColumnBatch,
  first: number,
  columnsOf: (row: number) => readonly TextColumn[],
): Map<number, string> {
  const address = batch.text('log.source.address').codes;
  const found = new Map<number, string>();
  for (let row = batch.rows - 1; row >= first; row--) {
    const sender = address[row] as number;
    if (found.has(sender)) continue;
    const column = columnsOf(row).find(({ codes }) => codes[row] !== 0);
    if (column !== undefined) found.set(sender, column.dictionary.text(column.codes[row] as number));
  }
  return found;
}

/** What devices call themselves. `observer.name` is that only until a person has named the device. */
function ownNames(batch: ColumnBatch, first: number): Map<number, string> {
  const device = batch.text('logmaster.device.id').codes;
  const claimed = [batch.text('observer.hostname'), batch.text('log.syslog.hostname')];
  const all = [...claimed, batch.text('observer.name')];
  return newestTexts(batch, first, (row) => (device[row] === 0 ? all : claimed));
}

/** Who sends: collected from events, told to the database now and then, kept while it is away. */
export class Sightings {
  private pending = new Map<string, Mutable>();
  readonly skews = new ClockSkews(MAX_SENDERS);
  /** Senders left out because too many were waiting. */
  leftOut = 0;

  /** The senders of the rows from `first` on; of each the newest words about itself. */
  seeRows(batch: ColumnBatch, first: number): void {
    const address = batch.text('log.source.address');
    const receivedAt = batch.number('logmaster.received_at').values;
    const timestamp = batch.number('@timestamp').values;
    const senders = new Map<number, { records: number; firstSeen: number; lastSeen: number; skews: number[] }>();
    for (let row = first; row < batch.rows; row++) {
      const code = address.codes[row] as number;
      const at = receivedAt[row] as number;
      let sender = senders.get(code);
      if (sender === undefined) {
        sender = { records: 1, firstSeen: at, lastSeen: at, skews: [] };
        senders.set(code, sender);
      } else {
        sender.records += 1;
        if (at < sender.firstSeen) sender.firstSeen = at;
        if (at > sender.lastSeen) sender.lastSeen = at;
      }
      // Equal to the µs: the record has no time of its own, or none that can be believed.
      const skew = (timestamp[row] as number) - at;
      if (skew !== 0 && sender.skews.length < MAX_LOOKS) sender.skews.push(skew);
    }
    const [vendor, product] = [[batch.text('observer.vendor')], [batch.text('observer.product')]];
    const vendors = newestTexts(batch, first, () => vendor);
    const products = newestTexts(batch, first, () => product);
    const names = ownNames(batch, first);
    for (const [code, { skews, ...sender }] of senders) {
      const text = address.dictionary.text(code);
      for (const skew of skews) this.skews.add(text, skew, sender.lastSeen);
      this.merge({
        address: text,
        ...sender,
        clockSkew: this.skews.median(text),
        vendor: vendors.get(code) ?? null,
        product: products.get(code) ?? null,
        hostname: names.get(code) ?? null,
      });
    }
  }

  /** Throws what the directory throws; nothing is forgotten then. */
  async report(directory: DeviceDirectory): Promise<void> {
    if (this.pending.size === 0) return;
    const taken = this.pending;
    this.pending = new Map();
    try {
      await directory.report([...taken.values()]);
    } catch (error) {
      for (const sighting of taken.values()) this.merge(sighting);
      throw error;
    }
  }

  private merge(sighting: DeviceSighting): void {
    const known = this.pending.get(sighting.address);
    if (known === undefined) {
      if (this.pending.size < MAX_SENDERS) this.pending.set(sighting.address, { ...sighting });
      else this.leftOut += 1;
      return;
    }
    known.records += sighting.records;
    known.firstSeen = Math.min(known.firstSeen, sighting.firstSeen);
    known.lastSeen = Math.max(known.lastSeen, sighting.lastSeen);
    known.vendor = sighting.vendor ?? known.vendor;
    known.product = sighting.product ?? known.product;
    known.hostname = sighting.hostname ?? known.hostname;
    known.clockSkew = sighting.clockSkew ?? known.clockSkew;
  }
}
