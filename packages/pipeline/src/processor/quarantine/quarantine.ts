import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type RawRecord, TRANSPORTS } from '@logmaster/core/record';
import { z } from 'zod';
import { readIfPresent, replaceFile } from '../../files.ts';

const entrySchema = z.strictObject({
  id: z.string(),
  /** The index did not take the event; or the processor died or hung each time it handled the record. */
  cause: z.enum(['refused', 'crashed']),
  /** One English sentence. */
  reason: z.string(),
  /** RFC 3339; when it was put aside. */
  at: z.string(),
  /** Where the record was filed when it was received. */
  site: z.string(),
  record: z.strictObject({
    /** µs */
    received_at: z.int(),
    address: z.string(),
    port: z.int(),
    transport: z.enum(TRANSPORTS),
    /** Letters of RECORD_FLAGS, '' for none. */
    flags: z.string(),
    raw: z.base64(),
  }),
});
/** One line of `segments/quarantine.jsonl`. */
export type QuarantineEntry = z.infer<typeof entrySchema>;

export function rawRecordOf({ id, record }: QuarantineEntry): RawRecord {
  return {
    id,
    receivedAt: record.received_at,
    sourceAddress: record.address,
    sourcePort: record.port,
    transport: record.transport,
    flags: record.flags,
    raw: Buffer.from(record.raw, 'base64'),
  };
}

export function entryOf(record: RawRecord, about: Omit<QuarantineEntry, 'id' | 'record'>): QuarantineEntry {
  return {
    id: record.id,
    ...about,
    record: {
      received_at: record.receivedAt,
      address: record.sourceAddress,
      port: record.sourcePort,
      transport: record.transport,
      flags: record.flags,
      raw: record.raw.toString('base64'),
    },
  };
}

/** All entries of the file, each record once. A torn last line is left out: it will be written again. */
export async function readQuarantine(file: string): Promise<QuarantineEntry[]> {
  const entries = new Map<string, QuarantineEntry>();
  const bytes = await readIfPresent(file);
  for (const line of bytes?.toString('utf8').split('\n') ?? []) {
    const entry = line.endsWith('}') ? parseLine(line) : undefined;
    if (entry !== undefined) entries.set(entry.id, entry);
  }
  return [...entries.values()];
}

function parseLine(line: string): QuarantineEntry | undefined {
  try {
    return entrySchema.parse(JSON.parse(line));
  } catch (error) {
    // Torn in a place that ends like a whole line. Anything else that can't be read must be heard of.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Records that are sealed like all others but are not in the index, with the reason, for a replay. */
export class Quarantine {
  private readonly file: string;
  private ids = new Set<string>();
  private changing: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.file = file;
  }

  /** Ids of every record in the file. */
  get records(): ReadonlySet<string> {
    return this.ids;
  }

  async load(): Promise<void> {
    for (const { id } of await readQuarantine(this.file)) this.ids.add(id);
  }

  /** Durable when it resolves. */
  add(entry: QuarantineEntry): Promise<void> {
    return this.alone(async () => {
      if (this.ids.has(entry.id)) return;
      await mkdir(path.dirname(this.file), { recursive: true });
      await appendFile(this.file, `\n${JSON.stringify(entry)}\n`, { mode: 0o640, flush: true });
      this.ids.add(entry.id);
    });
  }

  read(): Promise<QuarantineEntry[]> {
    return readQuarantine(this.file);
  }

  /** Takes records out that are in the index now. */
  remove(ids: ReadonlySet<string>): Promise<void> {
    return this.alone(async () => {
      const left = (await this.read()).filter(({ id }) => !ids.has(id));
      await replaceFile(this.file, left.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
      this.ids = new Set(left.map(({ id }) => id));
    });
  }

  /** One change at a time: what is rewritten may not lose what is appended meanwhile. */
  private alone(change: () => Promise<void>): Promise<void> {
    const turn = this.changing.then(change);
    this.changing = turn.catch(() => undefined);
    return turn;
  }
}
