import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { dataLayout } from '@logmaster/core/config/data-layout';
import { verifyPath } from '@logmaster/signing/verify/verify';
import { untilPipeline } from '@logmaster/testkit/ingest';
import { ROOT } from '@logmaster/testkit/root';
import { say, withIngest } from './ingest-under-test.ts';
import { runLoad } from './processes.ts';
import { atMost, type BenchResult, reported } from './result.ts';

const RATE = 20_000;
const SECONDS = 30;
const SEGMENT_SECONDS = 5;

/** Verifies the archive that a real ingest made of 600 000 records: in this process, and by the command with its start. */
export async function measureVerifying(): Promise<readonly BenchResult[]> {
  say(`verifying ${RATE * SECONDS} records`);
  return withIngest(SEGMENT_SECONDS, async ({ ingest, data, syslogPort }) => {
    const load = await runLoad({ port: syslogPort, rate: RATE, seconds: SECONDS });
    await untilPipeline(ingest, (state) => state.sealed.records === load.sent && state.pending === 0, 300);
    const layout = dataLayout(data);
    const anchors = [await readFile(layout.tsaCa, 'utf8')];
    const began = performance.now();
    const report = await verifyPath(layout.archive, { tsaAnchors: anchors, pinnedSigners: [] });
    const seconds = (performance.now() - began) / 1000;
    const command = performance.now();
    const child = spawn(
      process.execPath,
      [path.join(ROOT, 'apps', 'cli', 'src', 'main.ts'), 'verify', layout.archive, '--data', data, '--json'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const exit = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
    await text(child.stdout);
    const code = await exit;
    const failures = report.findings.filter((finding) => finding.severity === 'failure').length;
    return [
      atMost('findings in an untouched archive', failures + (code === 0 ? 0 : 1), 'failures', 0),
      atMost('records sent but not verified', load.sent - report.checked.records, 'records', 0),
      reported('verified', report.checked.records / seconds, 'records/s'),
      reported('verified, text', report.checked.bytes / seconds / 2 ** 20, 'MiB/s'),
      reported(`logmaster verify of ${report.checked.segments} segments`, (performance.now() - command) / 1000, 's'),
    ];
  });
}
