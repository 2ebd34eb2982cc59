import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ParserTrial } from '@logmaster/core/api/parsers';
import { systemClock } from '@logmaster/core/clock';
import { readEnvironment } from '@logmaster/core/config/environment';
import { ingestEnvironment } from '@logmaster/core/config/fragments';
import { MAX_RECORD_BYTES } from '@logmaster/core/record';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { readDevice } from '@logmaster/db/devices';
import { listSites } from '@logmaster/db/sites';
import { createTrials } from '@logmaster/parsers/custom/trial/run-trial';
import type { TrialRecord } from '@logmaster/parsers/custom/trial/trial';
import { trialAnswer } from '@logmaster/parsers/custom/trial/trial-answer';
import { recordOfEvent } from '@logmaster/parsers/custom/trial/trial-records';
import { byteLines } from '../byte-lines.ts';
import { layoutFor } from '../installation.ts';
import { openSearchReader } from '../search-reader.ts';
import { onDatabaseOf } from './stored-parsers.ts';

const TIME_LIMIT_MS = 60_000;

function defaultZone(): string {
  return readEnvironment(ingestEnvironment).LOGMASTER_DEVICE_TIME_ZONE;
}

/** The first lines of a file, or of standard input for `-`. */
export async function recordsOfFile(file: string, limit: number): Promise<TrialRecord[]> {
  const timeZone = defaultZone();
  const input = file === '-' ? process.stdin : createReadStream(file);
  const records: TrialRecord[] = [];
  for await (const raw of byteLines(input, MAX_RECORD_BYTES)) {
    records.push({ raw, receivedAt: systemClock(), timeZone, source: '' });
    if (records.length === limit) break;
  }
  return records;
}

/** The newest records of a device, from the index. NOT_FOUND when there is no such device. */
export async function recordsOfDevice(device: string, limit: number, data: string | undefined): Promise<TrialRecord[]> {
  const [{ id }, sites] = await onDatabaseOf(data, (primary) =>
    Promise.all([readDevice(primary, device), listSites(primary)]),
  );
  const zones = new Map(sites.map((site) => [site.id, site.timeZone]));
  const store = await openSearchReader(layoutFor(data));
  try {
    const query = { text: `logmaster.device.id:"${id}"`, scope: FULL_SCOPE };
    const { events } = await store.search(query, { size: limit }, { onNotice: () => undefined });
    return events.map((event) => recordOfEvent(event, zones.get(event['logmaster.site.id'] ?? '') ?? defaultZone()));
  } finally {
    await store.stop();
  }
}

/** What a definition makes of records, in a thread of its own that is ended after a minute. */
export async function tryDefinition(definition: unknown, records: readonly TrialRecord[]): Promise<ParserTrial> {
  const workerModule = fileURLToPath(import.meta.resolve('@logmaster/parsers/custom/trial/trial-worker'));
  const trials = createTrials({ workerModule, timeLimitMs: TIME_LIMIT_MS });
  return trialAnswer(await trials.run(definition, records));
}
