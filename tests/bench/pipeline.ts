import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '@logmaster/core/clock';
import { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { createColumnParser } from '@logmaster/parsers/column-parser';
import { IdentityTable } from '@logmaster/parsers/enrichment/identity-table';
import { createFrameSplitter } from '@logmaster/parsers/framing/stream';
import type { JournalBlock } from '@logmaster/pipeline/journal/block';
import { JournalReader } from '@logmaster/pipeline/journal/reader';
import { JournalWriter } from '@logmaster/pipeline/journal/writer';
import { RowEnricher } from '@logmaster/pipeline/processor/enrichment/row-enricher';
import { ColumnEvents } from '@logmaster/pipeline/processor/indexing/column-events';
import { RecordRows } from '@logmaster/pipeline/processor/indexing/record-rows';
import { ownersOf } from '@logmaster/pipeline/processor/routing/owners';
import { BlockViews } from '@logmaster/pipeline/processor/segmenting/block-views';
import { OpenSegment } from '@logmaster/pipeline/segments/open-segment';
import { createStampedChunk } from '@logmaster/sample/stamped-lines';
import { openDuckDbWriter } from '@logmaster/search/open';
import { createLogger } from '@logmaster/telemetry/logger';
import { say } from './ingest-under-test.ts';
import { type BenchResult, reported } from './result.ts';

const RECORDS = 300_000;
const CHUNK_LINES = 4096;
/** What one read of a busy socket brings. */
const READ_BYTES = 64 * 1024;
const FLUSH_BYTES = 1024 * 1024;
const BATCH_ROWS = 30_720;
const NO_OWNER = ownersOf({ version: 0, sites: [], devices: [] }).unknown;
const SOURCE = { transport: 'tcp' as const, address: '10.0.0.1', port: 514 };

/**
 * `npm run bench -- pipeline`: each stage of ingest alone, one after the other, in this process, on the same lines: where
 * the CPU time goes. Threads of zlib and the file system are counted, sockets are not there.
 */
export default async function run(): Promise<BenchResult[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'logmaster-pipeline-'));
  const results: BenchResult[] = [];
  async function stage(name: string, work: () => Promise<void> | void): Promise<void> {
    say(name);
    const cpu = process.cpuUsage();
    await work();
    const used = process.cpuUsage(cpu);
    results.push(reported(name, (used.user + used.system) / RECORDS, 'CPU-s per million records'));
  }
  try {
    const chunk = createStampedChunk('tcp-octets', 5651, CHUNK_LINES);
    const stream = Buffer.from(chunk.stamp(CHUNK_LINES, 1));
    results.push(reported('bytes a line, framing included', chunk.bytesPerLine, 'bytes'));
    await stage('a look at each byte in JavaScript: the measure of this machine now', () => {
      let hash = 0;
      for (let round = 0; round < RECORDS / CHUNK_LINES; round++) {
        for (let at = 0; at < stream.length; at++) hash = Math.imul(hash ^ (stream[at] as number), 16_777_619);
      }
      if (hash === 1) say('unlikely');
    });
    await stage('framing', () => eachRecord(stream, () => undefined));
    const journal = path.join(folder, 'node1.w1');
    const writer = new JournalWriter({
      folder: journal,
      clock: systemClock,
      accounting: () => ({ sources: {}, unusual: {} }),
    });
    await writer.start();
    await stage('framing, journal with fdatasync', async () => {
      await eachRecord(
        stream,
        (record) => writer.append(SOURCE, record, 0),
        () => (writer.pendingBytes > 8 * 1024 * 1024 ? writer.commit() : undefined),
      );
      await writer.commit();
    });
    await writer.stop();
    const blocks: (JournalBlock & { type: 'records' })[] = [];
    await stage('journal read and decoded', async () => {
      for await (const block of readBlocks(journal)) blocks.push({ ...block });
    });
    await stage('segment: lines, SHA-256 leaves and tree, zstd', async () => {
      const segment = await OpenSegment.open(path.join(folder, 'segment.zst'), 0);
      for (const block of blocks) {
        const views = new BlockViews('node1.w1.1.', block.firstSequence, block.frames);
        for (let index = 0; index < block.count; index++) {
          segment.append(views.at(index));
          if (segment.pendingBytes >= FLUSH_BYTES) await segment.flush();
        }
      }
      await segment.finish();
    });
    const batches: ColumnBatch[] = [];
    await stage('parse into columns', () => {
      const parser = createColumnParser();
      const identities = new IdentityTable();
      const enrichment = { geo: undefined, identities };
      const enricher = new RowEnricher(
        () => enrichment,
        (site, claim) => identities.apply(site, claim),
      );
      let batch = new ColumnBatch();
      batches.push(batch);
      for (const block of blocks) {
        if (batch.rows >= BATCH_ROWS) {
          batch = new ColumnBatch();
          batches.push(batch);
        }
        const rows = new RecordRows(batch, {
          parser,
          idPrefix: 'node1.w1.1.',
          timeZone: 'Europe/Istanbul',
          enricher,
          onParserFailure: (error) => {
            throw error;
          },
        });
        for (let index = 0; index < block.count; index++) {
          rows.append(block.frames, index, block.firstSequence + index, NO_OWNER);
        }
      }
    });
    const store = openDuckDbWriter({
      indexDir: path.join(folder, 'index'),
      memoryMb: 256,
      threads: 1,
      logger: createLogger('bench', 'warn'),
    });
    await store.start();
    await stage('Parquet, catalogue, merges', async () => {
      let from = { journal: 1, sequence: 0 };
      for (const batch of batches) {
        const to = { journal: 1, sequence: from.sequence + batch.rows };
        await store.write(new ColumnEvents('node1.w1', from, to, batch));
        from = to;
      }
      await store.stop();
    });
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function eachRecord(
  stream: Buffer,
  onRecord: (record: Buffer) => void,
  afterRead?: () => Promise<void> | undefined,
): Promise<void> {
  let records = 0;
  const splitter = createFrameSplitter({
    maxRecordBytes: 65_536,
    onCounter: (name) => say(name),
    onRecord: (record) => {
      records++;
      onRecord(record);
    },
  });
  while (records < RECORDS) {
    for (let at = 0; at < stream.length && records < RECORDS; at += READ_BYTES) {
      splitter.push(stream.subarray(at, at + READ_BYTES));
      await afterRead?.();
    }
  }
}

async function* readBlocks(folder: string): AsyncGenerator<JournalBlock & { type: 'records' }> {
  const fail = (what: unknown) => {
    throw new Error(`the journal is damaged: ${JSON.stringify(what)}`);
  };
  const reader = new JournalReader(
    folder,
    { journal: 0, offset: 0, sequence: 0 },
    { lost: fail, tornTail: fail, missing: fail },
  );
  for (let block = await reader.next(); block !== undefined; block = await reader.next()) {
    if (block.type === 'records') yield block;
  }
  await reader.close();
}
