import type { DeviceDirectory, DeviceSighting } from '@logmaster/core/devices';
import type { ColumnBatch, TextColumn } from '@logmaster/core/event/columns/column-batch';

/** Senders remembered while the database is away. More than this at once is an attack, not a network. */
const MAX_SENDERS = 20_000;

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
  /** Senders left out because too many were waiting. */
  leftOut = 0;

  /** The senders of the rows from `first` on; of each the newest words about itself. */
  seeRows(batch: ColumnBatch, first: number): void {
    const address = batch.text('log.source.address');
    const receivedAt = batch.number('logmaster.received_at').values;
    const senders = new Map<number, { records: number; firstSeen: number; lastSeen: number }>();
    for (let row = first; row < batch.rows; row++) {
      const code = address.codes[row] as number;
      const at = receivedAt[row] as number;
      const sender = senders.get(code);
      if (sender === undefined) senders.set(code, { records: 1, firstSeen: at, lastSeen: at });
      else {
        sender.records += 1;
        if (at < sender.firstSeen) sender.firstSeen = at;
        if (at > sender.lastSeen) sender.lastSeen = at;
      }
    }
    const [vendor, product] = [[batch.text('observer.vendor')], [batch.text('observer.product')]];
    const vendors = newestTexts(batch, first, () => vendor);
    const products = newestTexts(batch, first, () => product);
    const names = ownNames(batch, first);
    for (const [code, sender] of senders) {
      this.merge({
        address: address.dictionary.text(code),
        ...sender,
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
  }
}
