import type { DeviceDirectory, DeviceSighting } from '@logmaster/core/devices';
import type { FlatEvent } from '@logmaster/core/event/event';

/** Senders remembered while the database is away. More than this at once is an attack, not a network. */
const MAX_SENDERS = 20_000;

type Mutable = { -readonly [K in keyof DeviceSighting]: DeviceSighting[K] };

/** What the device calls itself. `observer.name` is that only until a person has named the device. */
function ownName(event: FlatEvent): string | null {
  const claimed = event['observer.hostname'] ?? event['log.syslog.hostname'];
  if (claimed !== undefined) return claimed;
  return event['logmaster.device.id'] === undefined ? (event['observer.name'] ?? null) : null;
}

/** Who sends: collected from events, told to the database now and then, kept while it is away. */
export class Sightings {
  private pending = new Map<string, Mutable>();
  /** Senders left out because too many were waiting. */
  leftOut = 0;

  see(event: FlatEvent): void {
    const address = event['log.source.address'];
    const at = event['logmaster.received_at'];
    if (address === undefined || at === undefined) return;
    this.merge({
      address,
      records: 1,
      firstSeen: at,
      lastSeen: at,
      vendor: event['observer.vendor'] ?? null,
      product: event['observer.product'] ?? null,
      hostname: ownName(event),
    });
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
