import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { dataLayout } from '@logmaster/core/config/data-layout';
import type { FlatEvent } from '@logmaster/core/event/event';
import { SEAL_FILES } from '@logmaster/core/evidence/manifest';
import type { RawRecord } from '@logmaster/core/record';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { openDuckDbReader } from '@logmaster/search/open';
import { decodeRecordLine } from '@logmaster/signing/record-line';
import { createLogger } from '@logmaster/telemetry/logger';
import { ROOT } from './stack.ts';

const LF = 10;

/** What zlib gives with `info: true`, which its types leave out. */
interface Frame {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** Every record of every sealed segment and packed day under the archive, in file order. */
export async function* archivedRecords(data: string): AsyncGenerator<RawRecord> {
  const { archive } = dataLayout(data);
  const names = await readdir(archive, { recursive: true });
  for (const name of names.toSorted()) {
    if (path.basename(name) === SEAL_FILES.records) yield* recordsOf(path.join(archive, name));
  }
}

async function* recordsOf(file: string): AsyncGenerator<RawRecord> {
  const text = decompressFrames(await readFile(file));
  let from = 0;
  for (let end = text.indexOf(LF); end >= 0; end = text.indexOf(LF, from)) {
    yield decodeRecordLine(text.subarray(from, end));
    from = end + 1;
  }
  if (from < text.length) throw new Error(`${file} does not end with a line feed`);
}

/** Node's zstd stops after the first frame without a word; `bytesWritten` says where that was. */
function decompressFrames(bytes: Buffer): Buffer {
  const frames: Buffer[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const { buffer, engine } = zstdDecompressSync(rest, { info: true }) as unknown as Frame;
    if (engine.bytesWritten === 0) throw new Error('a zstd frame of no length');
    frames.push(buffer);
    rest = rest.subarray(engine.bytesWritten);
  }
  return Buffer.concat(frames);
}

/** A page is sorted and held whole by the engine. */
const PAGE = 5000;

/** Every event of the index, through the same reader as the web's. */
export async function indexedEvents(data: string, query = ''): Promise<readonly FlatEvent[]> {
  const events: FlatEvent[] = [];
  for await (const event of eachIndexedEvent(data, query)) events.push(event);
  return events;
}

/** The same, one after the other: of a page at most is in memory. */
export async function* eachIndexedEvent(data: string, query = ''): AsyncGenerator<FlatEvent> {
  const store = openDuckDbReader({
    indexDir: dataLayout(data).index,
    memoryMb: 512,
    hostModule: path.join(ROOT, 'packages', 'search', 'src', 'duckdb', 'host.ts'),
    logger: createLogger('test', 'warn'),
  });
  await store.start();
  try {
    let after: string | undefined;
    do {
      const page = await store.search({ text: query, scope: FULL_SCOPE }, { size: PAGE, after });
      yield* page.events;
      after = page.after ?? undefined;
    } while (after !== undefined);
  } finally {
    await store.stop();
  }
}
