import { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { readEvent } from '@logmaster/core/event/columns/read-event';
import type { FlatEvent } from '@logmaster/core/event/event';
import { MICROS_PER_SECOND } from '@logmaster/core/time';
import { createColumnParser } from '@logmaster/parsers/column-parser';
import type { Enrichment } from '@logmaster/parsers/enrichment/enrich-event';
import type { GeoPlace } from '@logmaster/parsers/enrichment/geo-place';
import { IdentityTable } from '@logmaster/parsers/enrichment/identity-table';
import { createRecordParser } from '@logmaster/parsers/record-parser';
import { expect, test } from 'vitest';
import type { RecordFrames } from '../../journal/decode.ts';
import { toEvent } from '../events/to-event.ts';
import { RecordRows } from '../indexing/record-rows.ts';
import { ownersOf } from '../routing/owners.ts';
import { RowEnricher } from './row-enricher.ts';

const RECEIVED = Date.UTC(2026, 10, 23, 18) * 1000;
const OWNERS = ownersOf({
  version: 1,
  sites: [{ id: 'istanbul', name: 'İstanbul', timeZone: 'Europe/Istanbul' }],
  devices: [{ id: 'd1', name: 'fw-ist', address: '10.1.0.1', siteId: 'istanbul', timeZone: 'UTC' }],
  assets: [
    { name: 'office', network: '10.0.0.0/8' },
    { name: 'server', network: '203.0.113.9', siteId: 'istanbul' },
    { name: 'elsewhere', network: '203.0.113.10', siteId: 'ankara' },
    { name: 'printer', mac: '00-00-5E-00-53-23' },
  ],
});
const PLACES: Readonly<Record<string, GeoPlace>> = {
  '203.0.113.9': { countryCode: 'TR', countryName: 'Türkiye', asNumber: 9121, asOrganization: 'TT' },
  '203.0.113.10': { countryCode: 'DE', countryName: undefined, asNumber: undefined, asOrganization: undefined },
};
const traffic = (clock: string, more: string) =>
  `<189>date=2026-11-23 time=${clock} devname="fw" devid="FG1" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" eventtime=${Date.parse(`2026-11-23T${clock}Z`) * 1_000_000} tz="+0000" ${more} action="close" policyid=1`;
const lease = (clock: string, mac: string, host: string) =>
  `<189>date=2026-11-23 time=${clock} devname="fw" devid="FG1" logid="0100026001" type="event" subtype="system" level="information" vd="root" eventtime=${Date.parse(`2026-11-23T${clock}Z`) * 1_000_000} tz="+0000" logdesc="DHCP Ack log" interface="port2" dhcp_msg="Ack" mac="${mac}" ip=10.0.0.5 lease=3600 hostname="${host}" msg="DHCP server sends a DHCPACK"`;
const login = (clock: string, user: string, word = 'logon') =>
  `<189>date=2026-11-23 time=${clock} devname="fw" devid="FG1" logid="0102043008" type="event" subtype="user" level="notice" vd="root" eventtime=${Date.parse(`2026-11-23T${clock}Z`) * 1_000_000} tz="+0000" srcip=10.0.0.5 user="${user}" action="auth-${word}" status="${word}"`;

const out = 'srcip=10.0.0.5 srcport=50000 dstip=203.0.113.9 dstport=443 proto=6';
const LINES = [
  traffic('15:00:00', `${out} duration=1`),
  lease('15:00:05', '00:00:5e:00:53:23', 'pc-1'),
  login('15:00:10', 'ayse'),
  traffic('15:00:20', `${out} duration=5 sentbyte=1 rcvdbyte=2`),
  // Began before the login.
  traffic('15:00:21', `${out} duration=15`),
  traffic('15:00:22', `${out} duration=1 user="can"`),
  traffic('15:00:23', `${out} duration=1 srcmac="00:00:5e:00:53:23"`),
  traffic('15:00:24', 'srcip=203.0.113.9 dstip=10.0.0.5 dstport=53 proto=17 srccountry="Turkey"'),
  traffic('15:00:25', 'srcip=203.0.113.9 dstip=203.0.113.10 dstport=22 proto=6 direction="incoming"'),
  traffic('15:00:26', 'srcip=10.0.0.9 dstip=10.0.0.5 dstport=9 proto=132'),
  login('15:00:30', 'ayse', 'logout'),
  traffic('15:00:31', `${out} duration=0`),
  '<13>nothing that anybody knows',
  '<189>date=2026-11-23 time=15:00:40 devname="fw" devid="FG1" type="traffic" srcip=10.0.0.5 dstip=bad proto=6 dstport=443',
  '<30>Nov 23 15:00:41 router dhcp,info dhcp1 assigned 10.0.0.7 for 00:00:5E:00:53:24 phone',
  '<134>src=10.0.0.7 dst=203.0.113.10 dport=80 proto=tcp action=allow',
];

const framesOf = (lines: readonly string[]): RecordFrames => {
  const raws = lines.map((line) => Buffer.from(line));
  const ends = raws.map((_, index) => raws.slice(0, index + 1).reduce((sum, { length }) => sum + length, 0));
  const source = { transport: 'tcp' as const, address: '10.1.0.1', port: 514 };
  return {
    payload: Buffer.concat(raws),
    from: (index: number) => ends[index - 1] ?? 0,
    to: (index: number) => ends[index] as number,
    receivedAt: (index: number) => RECEIVED + index * MICROS_PER_SECOND,
    source: () => source,
    flags: () => 0,
  } as unknown as RecordFrames;
};

/** Rows of the lines, and the events of the same lines as a rebuild makes them, which knows what the rows told. */
function bothWays(enrichment: Enrichment): { rows: FlatEvent[]; events: FlatEvent[] } {
  const owner = OWNERS.byAddress.get('10.1.0.1') ?? OWNERS.unknown;
  const batch = new ColumnBatch();
  const frames = framesOf(LINES);
  const rows = new RecordRows(batch, {
    parser: createColumnParser(),
    idPrefix: 'n.w.1.',
    timeZone: 'UTC',
    enricher: new RowEnricher(
      () => enrichment,
      (site, claim) => enrichment.identities.apply(site, claim),
    ),
    onParserFailure: (error) => {
      throw error;
    },
  });
  for (const index of LINES.keys()) rows.append(frames, index, index, owner);
  const parser = createRecordParser();
  const events = LINES.map((line, index) =>
    toEvent(
      {
        ...{ id: `n.w.1.${index}`, receivedAt: frames.receivedAt(index), sourceAddress: '10.1.0.1', sourcePort: 514 },
        ...{ transport: 'tcp', flags: '', raw: Buffer.from(line) },
      },
      { parser, owner, timeZone: 'UTC', enrichment, onParserFailure: () => undefined },
    ),
  );
  return { rows: LINES.map((_, row) => readEvent(batch, row)), events };
}

test('rows get what events get', () => {
  const geo = { placeOf: (address: string) => PLACES[address] };
  const { rows, events } = bothWays({ geo, identities: new IdentityTable() });
  for (const [index, row] of rows.entries()) expect(row, LINES[index]).toEqual(events[index]);

  const [before, , , after, straddling, named, withMac, inbound, external, internal, , later] = rows;
  expect(before).toMatchObject({
    ...{ 'network.direction': 'outbound', 'logmaster.service.name': 'https', 'logmaster.site.name': 'İstanbul' },
    ...{ 'destination.geo.country_iso_code': 'TR', 'destination.geo.country_name': 'Türkiye' },
    ...{ 'destination.as.number': 9121, 'destination.as.organization.name': 'TT' },
    ...{ 'logmaster.source.asset.name': 'office', 'logmaster.destination.asset.name': 'server' },
  });
  expect(before?.['logmaster.derived.user.name']).toBeUndefined();
  expect(after).toMatchObject({
    ...{ 'logmaster.derived.user.name': 'ayse', 'logmaster.derived.source': 'n.w.1.2' },
    ...{ 'logmaster.derived.host.name': 'pc-1', 'logmaster.derived.host.mac': '00-00-5E-00-53-23' },
    'logmaster.derived.host.source': 'n.w.1.1',
  });
  expect(after?.['user.name']).toBeUndefined();
  expect(straddling?.['logmaster.derived.user.name']).toBeUndefined();
  expect(straddling?.['logmaster.derived.host.name']).toBe('pc-1');
  expect(named).toMatchObject({ 'user.name': 'can', 'logmaster.derived.host.name': 'pc-1' });
  expect(named?.['logmaster.derived.user.name']).toBeUndefined();
  expect(withMac).toMatchObject({ 'logmaster.source.asset.name': 'printer', 'logmaster.derived.user.name': 'ayse' });
  expect(withMac?.['logmaster.derived.host.source']).toBeUndefined();
  expect(inbound).toMatchObject({
    ...{ 'network.direction': 'inbound', 'logmaster.service.name': 'domain' },
    ...{ 'source.geo.country_name': 'Turkey', 'source.geo.country_iso_code': 'TR' },
  });
  expect(external?.['network.direction']).toBe('inbound');
  expect(external?.['logmaster.destination.asset.name']).toBeUndefined();
  expect(internal?.['network.direction']).toBe('internal');
  expect(internal?.['logmaster.service.name']).toBeUndefined();
  expect(later?.['logmaster.derived.user.name']).toBeUndefined();
});

test('nothing is added where nothing is known', () => {
  const { rows } = bothWays({ geo: undefined, identities: new IdentityTable() });
  const [first] = rows;
  expect(first?.['destination.as.number']).toBeUndefined();
  expect(first?.['destination.geo.country_iso_code']).toBeUndefined();
});
