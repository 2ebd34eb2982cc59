import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLogger } from '@logmaster/telemetry/logger';
import { describe } from 'vitest';
import { runConformance } from '../conformance/suite.ts';
import type { TestStore } from '../conformance/test-store.ts';
import { openDuckDbReader, openDuckDbWriter } from '../open.ts';

const hostModule = fileURLToPath(new URL('./host.ts', import.meta.url));
const logger = createLogger('test', 'fatal');

async function makeWriter(): Promise<TestStore> {
  const indexDir = await mkdtemp(path.join(os.tmpdir(), 'search-conformance-'));
  const store = openDuckDbWriter({ indexDir, memoryMb: 256, threads: 1, logger });
  await store.start();
  return {
    writer: store,
    reader: store,
    close: async () => {
      await store.stop();
      await rm(indexDir, { recursive: true });
    },
  };
}

async function makePair(): Promise<TestStore> {
  const indexDir = await mkdtemp(path.join(os.tmpdir(), 'search-conformance-'));
  const writer = openDuckDbWriter({ indexDir, memoryMb: 256, threads: 1, logger });
  const reader = openDuckDbReader({ indexDir, memoryMb: 256, hostModule, logger });
  await writer.start();
  await reader.start();
  return {
    writer,
    reader,
    close: async () => {
      await reader.stop();
      await writer.stop();
      await rm(indexDir, { recursive: true });
    },
  };
}

describe('DuckDB in the process that writes', () => runConformance(makeWriter));
describe('DuckDB in a host process', () => runConformance(makePair));
