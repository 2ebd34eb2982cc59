import type { BrokenIdentity } from '@logmaster/core/api/accounting';
import { differenceOf } from '@logmaster/pipeline/collector/accounts/tallies';
import type { Tally } from '@logmaster/pipeline/journal/accounting';
import type { AuditReport } from '@logmaster/pipeline/processor/segmenting/journal-audit';
import type { StreamCounts } from './stream-index.ts';

/** Everything that has to add up, at one moment. */
export interface Sums {
  readonly node: Tally;
  readonly sources: Iterable<readonly [address: string, tally: Tally]>;
  readonly sockets: Readonly<Record<string, Tally>>;
  readonly streams: ReadonlyMap<string, StreamCounts>;
  readonly audits: Readonly<Record<string, AuditReport>>;
}

export interface Checked {
  readonly broken: readonly BrokenIdentity[];
  readonly watched: number;
}

/** Which identities do not hold. See docs/accounting.md for what each side is measured from. */
export function checkIdentities({ node, sources, sockets, streams, audits }: Sums): Checked {
  const broken: BrokenIdentity[] = [];
  let watched = 0;
  const look = (identity: BrokenIdentity['identity'], of: string, difference: number) => {
    watched += 1;
    if (difference !== 0) broken.push({ identity, of, difference });
  };
  look('received', 'node', differenceOf(node));
  for (const [transport, tally] of Object.entries(sockets))
    look('received', `socket ${transport}`, differenceOf(tally));
  for (const [address, tally] of sources) look('received', `source ${address}`, differenceOf(tally));
  for (const [stream, { differences }] of Object.entries(audits)) {
    watched += 1;
    for (const [address, difference] of Object.entries(differences))
      broken.push({ identity: 'journal', of: `source ${address} in ${stream}`, difference });
  }
  let inStreams = 0;
  for (const [stream, { journaled, done, pending }] of streams) {
    look('indexed', `stream ${stream}`, journaled - done - pending);
    inStreams += journaled;
  }
  // By sender on the left, by journal file on the right.
  look('indexed', 'node', node.journaled - inStreams);
  return { broken, watched };
}
