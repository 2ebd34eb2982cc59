import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { SiteMapping } from '@logmaster/core/devices';
import type { RawRecord } from '@logmaster/core/record';
import { buildMmdb } from '@logmaster/parsers/enrichment/mmdb/build-mmdb';
import { createRecordParser } from '@logmaster/parsers/record-parser';
import { createEvents } from '@logmaster/telemetry/events';
import { createLogger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { expect, onTestFinished, test } from 'vitest';
import { IdentityBook } from '../processor/enrichment/identity-book.ts';
import { SegmentLayout } from '../segments/layout.ts';
import { openPackedEvents } from './packed-events.ts';

const MAPPING: SiteMapping = {
  version: 3,
  sites: [{ id: 'istanbul', name: 'İstanbul', timeZone: 'Europe/Istanbul' }],
  devices: [{ id: 'd1', name: 'fw', address: '10.1.0.1', siteId: 'istanbul', timeZone: 'Asia/Tokyo' }],
  assets: [{ name: 'lobby', network: '10.0.0.0/24' }],
};

test('a packed day says of its records what the processor knew: names, places, and who was there', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'packed-events-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const layout = new SegmentLayout(path.join(folder, 'segments'));
  await mkdir(layout.root);
  await writeFile(layout.siteMapping, JSON.stringify(MAPPING));
  const geoip = path.join(folder, 'country.mmdb');
  const place = { country: { iso_code: 'TR' } };
  await writeFile(geoip, buildMmdb([{ address: Uint8Array.of(81, 0, 0, 0), bits: 8, record: place }]));
  const events = createEvents(createLogger('test', 'silent'), createRegistry());
  const receivedAt = Date.UTC(2026, 10, 23, 18) * 1000;
  const book = await IdentityBook.open(layout.identities, events);
  const login = { address: '10.0.0.5', at: receivedAt - 60_000_000, user: 'ayse', record: 'n.w.1.7' } as const;
  book.observe('istanbul', { kind: 'login', ...login });
  await book.flush();

  const parser = createRecordParser();
  const eventOf = await openPackedEvents({ layout, parser, timeZone: 'UTC', geoipFiles: [geoip], events });
  const record: RawRecord = {
    ...{ id: 'n.w.1.9', receivedAt, sourceAddress: '10.1.0.1', sourcePort: 514, transport: 'udp', flags: '' },
    raw: Buffer.from('<13>Nov 24 03:00:00 fw1 src=10.0.0.5 dst=81.2.3.4 dport=443 proto=tcp action=allow'),
  };
  expect(eventOf(record, 'istanbul')).toMatchObject({
    // Written in Tokyo: the device's zone comes before its site's.
    '@timestamp': receivedAt,
    'logmaster.site.name': 'İstanbul',
    'observer.name': 'fw',
    'network.direction': 'outbound',
    'logmaster.service.name': 'https',
    'destination.geo.country_iso_code': 'TR',
    'logmaster.source.asset.name': 'lobby',
    'logmaster.derived.user.name': 'ayse',
    'logmaster.derived.source': 'n.w.1.7',
  });
  // In another site nobody is known there.
  expect(eventOf(record, 'ankara')['logmaster.derived.user.name']).toBeUndefined();
});
