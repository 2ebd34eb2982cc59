import type { Account } from '@logmaster/pipeline/collector/accounts/account-book';
import { addTallies } from '@logmaster/pipeline/collector/accounts/tallies';
import type { Tally } from '@logmaster/pipeline/journal/accounting';
import type { Events } from '@logmaster/telemetry/events';
import { SourceTable } from './source-table.ts';

type Numbers = Readonly<Record<string, number>>;

/** Everything that the workers of this node have accounted for since the main process started. */
export class NodeAccounts {
  private readonly events: Pick<Events, 'emit'>;
  readonly sources = new SourceTable();
  /** By transport. */
  readonly sockets: Record<string, Tally> = {};
  unusual: Readonly<Record<string, number>> = {};

  constructor(events: Pick<Events, 'emit'>) {
    this.events = events;
  }

  /** The one place where drops become an event: all of them come by here, and each once. */
  add(stream: string, account: Account): void {
    this.sources.add(account.sources);
    addTallies(this.sockets, account.sockets);
    this.unusual = sum(this.unusual, account.unusual);
    for (const [transport, { dropped }] of Object.entries(account.sockets))
      for (const [reason, records] of Object.entries(dropped))
        if (records > 0) this.events.emit('record_dropped', { stream, transport, reason, records }, records);
  }

  /** Of the whole node. */
  get total(): Tally {
    const all: Record<string, Tally> = {};
    for (const [, tally] of this.sources.tallies()) addTallies(all, { node: tally });
    return all.node ?? { seen: 0, journaled: 0, dropped: {} };
  }
}

function sum(a: Numbers, b: Numbers): Numbers {
  const result: Record<string, number> = { ...a };
  for (const [name, value] of Object.entries(b)) result[name] = (result[name] ?? 0) + value;
  return result;
}
