import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dataLayout } from '@logmaster/core/config/data-layout';
import { SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { microsToRfc3339 } from '@logmaster/core/time';
import { SOFTWARE } from '@logmaster/core/version';
import { OpenSegment } from '@logmaster/pipeline/segments/open-segment';
import { createFleet } from '@logmaster/sample/fleet';
import { openFileSigner } from '@logmaster/signing/file-signer';
import { openLocalTsa } from '@logmaster/signing/local-tsa';
import { sealSegment, stampFolder } from '@logmaster/signing/seal';
import { say } from './ingest-under-test.ts';
import { type BenchResult, reported } from './result.ts';

const RECORDS = 300_000;
/** Different records to pick from; more would only measure the generator. */
const POOL = 10_000;
/** As the processor flushes: one frame at 1 MiB of text. */
const FLUSH_BYTES = 1024 * 1024;
const SOURCE = { address: '10.0.0.1', port: 514, transport: 'tcp' as const };

/** One segment of 300 000 records by the processor's own code: lines, Merkle leaves, frames, manifest, signature, stamp. */
export async function measureSealing(): Promise<readonly BenchResult[]> {
  say(`sealing ${RECORDS} records`);
  const root = await mkdtemp(path.join(tmpdir(), 'logmaster-seal-'));
  try {
    const layout = dataLayout(root);
    const signer = await openFileSigner(layout);
    const tsa = await openLocalTsa(layout);
    const raws = pool();
    const from = Date.now() * 1000;
    const cpu = process.cpuUsage();
    const began = performance.now();
    const file = path.join(root, SEAL_FILES.records);
    const segment = await OpenSegment.open(file, 0);
    for (let sequence = 0; sequence < RECORDS; sequence++) {
      const raw = raws[sequence % POOL] as Buffer;
      segment.append({
        idPrefix: 'node1.w1.1.',
        sequence,
        receivedAt: from + sequence,
        source: SOURCE,
        flags: '',
        bytes: raw,
        from: 0,
        to: raw.length,
        escapes: false,
      });
      if (segment.pendingBytes >= FLUSH_BYTES) await segment.flush();
    }
    const { count, first, last, text, zst, merkle } = await segment.finish();
    const closed = performance.now();
    await sealSegment({
      folder: root,
      signer,
      manifest: {
        origin: { node: 'node1', site: 'bench' },
        segment: 1,
        period: { from: microsToRfc3339(from), to: microsToRfc3339(from + RECORDS) },
        records: { count, first, last, text, zst },
        merkle,
        previous: null,
        newest_token: null,
        sources: { '10.0.0.1': { seen: count, journaled: count, dropped: {} } },
        site_mapping: 0,
        clock: { source: 'unknown', offset_us: null, stratum: null, steps: 0 },
        software: SOFTWARE,
      },
    });
    await stampFolder(root, tsa);
    const seconds = (performance.now() - began) / 1000;
    const used = process.cpuUsage(cpu);
    return [
      reported('lines, leaves, frames, seal and stamp', RECORDS / seconds, 'records/s'),
      reported('the same, CPU', (used.user + used.system) / RECORDS, 'CPU-s per million records'),
      reported('seal and stamp of the closed segment', performance.now() - closed, 'ms'),
      reported('bytes kept per record', zst.bytes / RECORDS, `of ${Math.round(text.bytes / RECORDS)}`),
    ];
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function pool(): readonly Buffer[] {
  const device = createFleet(1)[0];
  if (!device) throw new Error('the fleet is empty');
  const start = Date.now() * 1000;
  return Array.from({ length: POOL }, (_, index) => Buffer.from(device.next(start + index * 20_000)));
}
