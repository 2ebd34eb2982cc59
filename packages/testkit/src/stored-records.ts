import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { dataLayout } from '@logmaster/core/config/data-layout';
import type { FlatEvent } from '@logmaster/core/event/event';
import { SEAL_FILES } from '@logmaster/core/evidence/manifest';
import type { RawRecord } from '@logmaster/core/record';
import { FULL_SCOPE } from '@logmaster/core/scope';
import type { Micros } from '@logmaster/core/time';
import { openDuckDbReader } from '@logmaster/search/open';
import type { SearchQuery, SearchStore } from '@logmaster/search/store';
import { decodeRecordLine } from '@logmaster/signing/record-line';
import { createLogger } from '@logmaster/telemetry/logger';
import { ROOT } from './root.ts';

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

async function withIndex<T>(data: string, use: (store: SearchStore) => Promise<T>): Promise<T> {
  const store = openDuckDbReader({
    indexDir: dataLayout(data).index,
    memoryMb: 512,
    hostModule: path.join(ROOT, 'packages', 'search', 'src', 'duckdb', 'host.ts'),
    logger: createLogger('test', 'warn'),
  });
  await store.start();
  try {
    return await use(store);
  } finally {
    await store.stop();
  }
}

async function eachEvent(
  store: SearchStore,
  query: Omit<SearchQuery, 'scope'>,
  found: (event: FlatEvent) => void,
): Promise<void> {
  let after: string | undefined;
  do {
    const page = await store.search({ ...query, scope: FULL_SCOPE }, { size: PAGE, after });
    page.events.forEach(found);
    after = page.after ?? undefined;
  } while (after !== undefined);
}

/** Every event of the index, through the same reader as the web's. */
export function indexedEvents(data: string, query = ''): Promise<readonly FlatEvent[]> {
  return withIndex(data, async (store) => {
    const events: FlatEvent[] = [];
    await eachEvent(store, { text: query }, (event) => events.push(event));
    return events;
  });
}

/**
 * The record ids of a large index whose events are of [from, to) in µs, and how many records it counts by itself,
 * whatever their time. It is read bucket by bucket: a page of a long time costs as much as the time is long.
 */
export function indexedIds(data: string, from: Micros, to: Micros): Promise<{ ids: string[]; counted: number }> {
  return withIndex(data, async (store) => {
    const all = { text: '', scope: FULL_SCOPE };
    const { buckets, intervalMicros } = await store.histogram({ ...all, from, to }, { buckets: 1000 });
    const ids: string[] = [];
    for (const bucket of buckets) {
      if (bucket.count === 0) continue;
      const [start, end] = [Math.max(from, bucket.from), Math.min(to, bucket.from + intervalMicros)];
      await eachEvent(store, { text: '', from: start, to: end }, (event) => {
        ids.push(event['logmaster.record.id'] ?? '');
      });
    }
    return { ids, counted: await store.count(all) };
  });
}
