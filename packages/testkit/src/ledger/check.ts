import { parseRecordId, type RawRecord, RECORD_FLAGS } from '@logmaster/core/record';
import { type LedgerEntry, ledgerMark } from '../ledger-sender.ts';

type Stored = Pick<RawRecord, 'id' | 'raw' | 'flags'>;

/** What a store of records holds of each sender, and what of it contradicts the ledgers. */
export interface LedgerReport {
  readonly records: number;
  /** Records that came in part, which no ledger counts. */
  readonly incomplete: number;
  /** Records by journal file, `<node>.<worker>.<number>`: 0 … count - 1 when there are no problems. */
  readonly journals: ReadonlyMap<string, number>;
  /** Records by connection. */
  readonly stored: ReadonlyMap<string, number>;
  /** One sentence each; empty when everything holds. */
  readonly problems: readonly string[];
}

/** The first number of an ascending list that is not one more than the one before; `first` is to be the first. */
function firstBreak(numbers: readonly number[], first: number): string | undefined {
  for (const [index, number] of numbers.entries()) {
    const wanted = first + index;
    if (number !== wanted) return number < wanted ? `${number} is there twice` : `${wanted} is missing`;
  }
  return undefined;
}

const ascending = (a: number, b: number) => a - b;

function gather<K>(map: Map<K, number[]>, key: K, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/**
 * Holds what was stored against what was sent, whatever happened between: each journal file's records are numbered
 * without a gap and without a double; what is missing of a connection is one tail of it; everything acknowledged is
 * there; nothing is there that nobody sent. Of datagrams any may be missing, and none is there twice.
 */
export async function checkLedger(
  ledger: readonly LedgerEntry[],
  records: AsyncIterable<Stored> | Iterable<Stored>,
): Promise<LedgerReport> {
  const journals = new Map<string, number[]>();
  const connections = new Map<string, number[]>();
  const problems: string[] = [];
  let count = 0;
  let incomplete = 0;
  for await (const { id, raw, flags } of records) {
    count += 1;
    const place = parseRecordId(id);
    if (place) gather(journals, `${place.node}.${place.worker}.${place.journal}`, place.sequence);
    else problems.push(`${id} is no record id`);
    const mark = ledgerMark(raw.toString());
    if (flags.includes(RECORD_FLAGS.incomplete)) incomplete += 1;
    else if (mark) gather(connections, mark.connection, mark.number);
    else problems.push(`nobody sent record ${id}: ${raw.toString().slice(0, 100)}`);
  }
  for (const [journal, sequences] of journals) {
    const broken = firstBreak(sequences.sort(ascending), 0);
    if (broken !== undefined) problems.push(`journal ${journal}: record ${broken}`);
  }
  const stored = new Map<string, number>();
  for (const entry of ledger) {
    const numbers = connections.get(entry.connection) ?? [];
    connections.delete(entry.connection);
    stored.set(entry.connection, numbers.length);
    problems.push(...problemsOf(entry, numbers.sort(ascending)));
  }
  for (const name of connections.keys()) problems.push(`connection ${name} is in nobody's ledger`);
  return { records: count, incomplete, journals: sizesOf(journals), stored, problems };
}

const sizesOf = (lists: ReadonlyMap<string, readonly number[]>) =>
  new Map([...lists].map(([name, list]) => [name, list.length]));

function problemsOf(entry: LedgerEntry, numbers: readonly number[]): string[] {
  const { connection, protocol, handed, acknowledged } = entry;
  const name = `${protocol} connection ${connection}`;
  const problems: string[] = [];
  if (protocol === 'udp') {
    if (new Set(numbers).size < numbers.length) problems.push(`${name}: a datagram is there twice`);
  } else {
    const broken = firstBreak(numbers, 1);
    if (broken !== undefined) problems.push(`${name}: record ${broken}`);
    if (numbers.length < acknowledged)
      problems.push(`${name}: ${acknowledged} records acknowledged, ${numbers.length} stored`);
  }
  if ((numbers.at(-1) ?? 0) > handed) problems.push(`${name}: ${numbers.at(-1)} records stored, ${handed} sent`);
  return problems;
}
