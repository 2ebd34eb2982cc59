import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { leafHash, merkleRoot } from '@logmaster/signing/merkle';
import { encodeRecordLine, type RecordView } from '@logmaster/signing/record-line';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OpenSegment } from './open-segment.ts';
import { compressFrame, readLines } from './zstd-frames.ts';

let root: string;
let file: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'pipeline-open-'));
  file = path.join(root, 'open.zst');
});
afterEach(() => rm(root, { recursive: true, force: true }));

function line(sequence: number, raw: Uint8Array): { line: Buffer; view: RecordView } {
  const id = `node1.w0.1.${sequence}`;
  const receivedAt = 1_700_000_000_000_000;
  const bytes = Buffer.from(raw);
  const source = { address: '10.0.0.1', port: 514, transport: 'udp' as const };
  const place = { bytes, from: 0, to: bytes.length, escapes: true };
  return {
    line: encodeRecordLine({
      id,
      receivedAt,
      sourceAddress: source.address,
      sourcePort: source.port,
      transport: source.transport,
      flags: '',
      raw: bytes,
    }),
    view: { idPrefix: 'node1.w0.1.', sequence, receivedAt, source, flags: '', ...place },
  };
}

test('digests are those of the file, also after a crash between flushes', async () => {
  const raws = fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(raws, raws, raws, async (kept, lost, later) => {
      await rm(file, { force: true });
      const first = await OpenSegment.open(file, 0);
      const lines: Buffer[] = [];
      const append = (segment: OpenSegment, raw: Uint8Array, keep: boolean) => {
        const made = line(lines.length, raw);
        if (keep) lines.push(made.line);
        segment.append(made.view);
      };
      for (const raw of kept) append(first, raw, true);
      await first.flush();
      await first.sync();
      const durable = first.zstBytes;
      for (const raw of lost) append(first, raw, false);
      await first.flush();
      await first.close();
      await appendFile(file, 'torn');

      const second = await OpenSegment.open(file, durable);
      for (const raw of later) append(second, raw, true);
      const digest = await second.finish();
      const bytes = await readFile(file);
      const text = execFileSync('zstd', ['-dc', file]);
      const whole = Buffer.concat(lines.flatMap((each) => [each, Buffer.from('\n')]));
      expect(text.equals(whole)).toBe(true);
      expect(digest).toMatchObject({
        count: lines.length,
        text: { bytes: whole.length, sha256: createHash('sha256').update(whole).digest('hex') },
        zst: { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
        merkle: { size: lines.length, root: merkleRoot(lines.map(leafHash)).toString('hex') },
      });
      const back: string[] = [];
      for await (const each of readLines(file, bytes.length)) back.push(each.toString('latin1'));
      expect(back).toEqual(lines.map((each) => each.toString('latin1')));
    }),
    { numRuns: 25 },
  );
});

test('frames that are cut off, or damaged, are refused with the name of the file', async () => {
  const frame = await compressFrame(Buffer.from('a line\n'));
  const drain = async (bytes: Buffer, length: number) => {
    await writeFile(file, bytes);
    for await (const _ of readLines(file, length));
  };
  await drain(Buffer.concat([frame, Buffer.from('torn')]), frame.length);
  const refusals = [
    [frame, frame.length - 1],
    [frame, frame.length + 1],
    [Buffer.from('no frame at all'), 15],
  ] as const;
  for (const [bytes, length] of refusals) {
    await expect(drain(bytes, length)).rejects.toMatchObject({
      code: 'INTERNAL',
      detail: expect.stringContaining(file),
    });
  }
});
