import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePorts } from '@logmaster/testkit/free-ports';
import { type IngestProcess, prepareData, startIngest } from '@logmaster/testkit/ingest';

export interface IngestUnderTest {
  readonly ingest: IngestProcess;
  readonly data: string;
  readonly syslogPort: number;
}

/** Runs `measure` against a fresh ingest with its own data folder, which is stopped and removed afterwards. */
export async function withIngest<T>(
  segmentSeconds: number,
  measure: (under: IngestUnderTest) => Promise<T>,
  environment: Readonly<Record<string, string>> = {},
): Promise<T> {
  const data = await mkdtemp(path.join(tmpdir(), 'logmaster-bench-'));
  try {
    await prepareData(data);
    const [syslogPort = 0, metricsPort = 0] = await freePorts(2);
    const ingest = await startIngest({ data, syslogPort, metricsPort, segmentSeconds, environment });
    try {
      return await measure({ ingest, data, syslogPort });
    } finally {
      await ingest.stop();
    }
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

export function say(text: string): void {
  process.stderr.write(`  ${text}\n`);
}
