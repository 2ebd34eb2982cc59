import type { SiteMapping } from '@logmaster/core/devices';
import type { RawRecord } from '@logmaster/core/record';
import { IdentityTable } from '@logmaster/parsers/enrichment/identity-table';
import { createRecordParser } from '@logmaster/parsers/record-parser';
import { createEvents } from '@logmaster/telemetry/events';
import { createLogger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { expect, it } from 'vitest';
import { newestSealedEvents } from './sealed-events.ts';

const RECORD: RawRecord = {
  id: 'node1.w0.1.1',
  receivedAt: 1_795_452_991_000_000,
  sourceAddress: '10.1.0.1',
  sourcePort: 514,
  transport: 'udp',
  flags: '',
  raw: Buffer.from('<13>Nov 23 19:56:31 fw1 app: hello'),
};

const MAPPING: SiteMapping = {
  version: 1,
  sites: [{ id: 'istanbul', name: 'İstanbul', timeZone: 'Europe/Istanbul' }],
  devices: [{ id: 'd1', name: 'fw-ist', address: RECORD.sourceAddress, siteId: 'istanbul' }],
};

it('tells of a record what the newest mapping says', () => {
  let newest = MAPPING;
  const eventOf = newestSealedEvents(() => newest, {
    parser: createRecordParser(),
    timeZone: 'UTC',
    enrichment: () => ({ geo: undefined, identities: new IdentityTable() }),
    events: createEvents(createLogger('test', 'silent'), createRegistry()),
  });
  expect(eventOf(RECORD, 'istanbul')).toMatchObject({ 'observer.name': 'fw-ist', 'logmaster.device.id': 'd1' });
  newest = { ...MAPPING, version: 2, devices: [] };
  expect(eventOf(RECORD, 'istanbul')).not.toHaveProperty(['logmaster.device.id']);
});
