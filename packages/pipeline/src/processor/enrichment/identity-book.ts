import { appendFile } from 'node:fs/promises';
import { MICROS_PER_DAY, type Micros } from '@logmaster/core/time';
import type { IdentityClaim } from '@logmaster/parsers/enrichment/identity-claim';
import { IdentityTable } from '@logmaster/parsers/enrichment/identity-table';
import type { Events } from '@logmaster/telemetry/events';
import { z } from 'zod';
import { readIfPresent, replaceFile } from '../../files.ts';

const text = z.string().optional();

/** A line of the file. */
const lineSchema = z.object({
  site: z.string(),
  claim: z.object({
    kind: z.enum(['login', 'logout', 'lease', 'release', 'restart']),
    address: z.string(),
    at: z.number(),
    until: z.number().optional(),
    user: text,
    mac: text,
    host: text,
    via: text,
    record: z.string(),
  }),
});

/** A day is packed soon after midnight; its records are then read once more and must find who was there. */
const KEPT: Micros = 3 * MICROS_PER_DAY;
/** Lines beyond what the table holds, until the file is written anew. */
const SLACK_LINES = 20_000;
/** What is waiting for a disk that takes nothing; the table goes on without it. */
const MAX_WAITING = 100_000;

/** The table that a file holds, as the processor has left it; empty where there is none. Lines that can't be read are left out. */
export async function readIdentities(file: string): Promise<IdentityTable> {
  return (await readTable(file)).table;
}

/** `rest`: what stands behind the last line end; a crash has cut it. */
async function readTable(file: string): Promise<{ table: IdentityTable; lines: number; rest: string }> {
  const table = new IdentityTable();
  const lines = ((await readIfPresent(file))?.toString() ?? '').split('\n');
  for (const line of lines) {
    const told = readLine(line);
    if (told !== undefined) table.apply(told.site, told.claim);
  }
  return { table, lines: lines.length - 1, rest: lines.at(-1) ?? '' };
}

function readLine(line: string): z.infer<typeof lineSchema> | undefined {
  if (line === '') return undefined;
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The table of identities with its file: what is heard is appended before the batch that told it goes into the index, so
 * that a restart, which reads only what the index lacks, knows the rest. Heard twice is heard once.
 */
export class IdentityBook {
  readonly table: IdentityTable;
  private readonly file: string;
  private readonly events: Events;
  private waiting: string[] = [];
  private lines = 0;
  private newest: Micros = 0;

  private constructor(file: string, table: IdentityTable, events: Events) {
    this.file = file;
    this.table = table;
    this.events = events;
  }

  static async open(file: string, events: Events): Promise<IdentityBook> {
    const { table, lines, rest } = await readTable(file);
    const book = new IdentityBook(file, table, events);
    book.lines = lines;
    // So that the next line stands alone.
    if (rest !== '') book.waiting.push('\n');
    return book;
  }

  observe(site: string, claim: IdentityClaim): void {
    this.table.apply(site, claim);
    if (claim.at > this.newest) this.newest = claim.at;
    if (this.waiting.length < MAX_WAITING) this.waiting.push(lineOf(site, claim));
  }

  /** Never rejects: what the disk does not take waits for the next time. */
  async flush(): Promise<void> {
    const { waiting } = this;
    if (waiting.length === 0) return;
    try {
      await appendFile(this.file, waiting.join(''), { mode: 0o640 });
      this.waiting = [];
      this.lines += waiting.length;
      if (this.lines > SLACK_LINES + this.table.size * 2) await this.compact();
    } catch (error) {
      this.events.emit('identities_not_kept', { err: error, waiting: waiting.length });
    }
  }

  private async compact(): Promise<void> {
    this.table.forgetBefore(this.newest - KEPT);
    const lines = [...this.table.claims()].map(({ site, claim }) => lineOf(site, claim));
    await replaceFile(this.file, lines.join(''));
    this.lines = lines.length;
  }
}

function lineOf(site: string, claim: IdentityClaim): string {
  return `${JSON.stringify({ site, claim })}\n`;
}
