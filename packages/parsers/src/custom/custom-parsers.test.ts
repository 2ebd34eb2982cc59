import { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { readEvent } from '@logmaster/core/event/columns/read-event';
import { expect, test } from 'vitest';
import { createColumnParser } from '../column-parser.ts';
import type { ParseContext } from '../contracts.ts';
import { createRecordParser } from '../record-parser.ts';
import { compileDefinition } from './compile.ts';
import { CustomParsers, type CustomParsersOptions } from './custom-parsers.ts';
import { PORTAL, PORTAL_RECORD } from './testing/portal.ts';

const CONTEXT: ParseContext = {
  receivedAt: Date.UTC(2026, 10, 23, 8) * 1000,
  timeZone: 'UTC',
  source: '10.0.0.1',
  deviceId: 'd1',
  siteId: 'izmir',
};
const FORTIGATE =
  '<189>date=2026-11-23 time=10:00:01 devname="fw" devid="FGT" logid="0000000013" type="traffic" subtype="forward" srcip=10.1.2.3 dstip=10.4.5.6 action="deny"';

function open(definitions: readonly Record<string, unknown>[], options: CustomParsersOptions = {}) {
  const custom = new CustomParsers(options);
  use(custom, definitions);
  const parser = createRecordParser(custom);
  const parse = (text: string, context: Partial<ParseContext> = {}) =>
    parser.parse(Buffer.from(text), { ...CONTEXT, ...context });
  return { custom, parser, parse };
}

function use(custom: CustomParsers, definitions: readonly Record<string, unknown>[], version = 3): void {
  const parsers = definitions.map((definition) => ({ name: String(definition.name), version, definition }));
  custom.use({ version, parsers });
}

test('a device’s record is read by its definition: fields, tables, constants, labels, time and name', () => {
  const { parse } = open([PORTAL]);
  expect(parse(`<134>${PORTAL_RECORD}`)).toMatchObject({
    '@timestamp': Date.UTC(2026, 10, 23, 7, 0, 1) * 1000,
    'event.dataset': 'custom.acme-portal',
    'event.category': 'authentication',
    'event.action': 'login',
    'event.type': 'start',
    'event.outcome': 'success',
    'observer.vendor': 'Acme',
    'user.name': 'ayse',
    'source.ip': '10.20.30.40',
    'source.mac': 'AA-BB-CC-DD-EE-FF',
    'log.level': 'informational',
    labels: { room: 'B204' },
    'logmaster.parser': 'acme-portal@3',
    'logmaster.parse.status': 'ok',
  });
  expect(parse('2026-11-23 10:00:02 SYSTEM started')).toMatchObject({
    message: 'started',
    'event.type': 'info',
    'logmaster.parser': 'acme-portal@3',
  });
});

test('what the syslog header took for names is taken back where the definition reads that text itself', () => {
  const builtIn = open([]).parse(PORTAL_RECORD);
  expect(builtIn).toMatchObject({ 'log.syslog.hostname': 'LOGIN', 'observer.name': 'LOGIN' });
  const event = open([PORTAL]).parse(PORTAL_RECORD);
  expect(event.message).toBe(PORTAL_RECORD);
  expect(event).not.toHaveProperty(['log.syslog.hostname']);
  expect(event).not.toHaveProperty(['observer.name']);
});

test('a value that does not fit its field is noted, and the record stays', () => {
  const event = open([PORTAL]).parse(PORTAL_RECORD.replace('10.20.30.40', '10.20.30.400'));
  expect(event['logmaster.parse.status']).toBe('partial');
  expect(event['logmaster.parse.errors']).toContain('source.ip: not an IP address');
});

test('a record that the definition does not describe goes the built-in way, and says so', () => {
  const { parse } = open([PORTAL]);
  expect(parse(FORTIGATE)).toMatchObject({
    'logmaster.parser': 'fortigate',
    'source.ip': '10.1.2.3',
    'logmaster.parse.status': 'partial',
    'logmaster.parse.errors': 'logmaster.parser: acme-portal@3 does not match',
  });
  expect(parse('something else')).toMatchObject({ 'logmaster.parser': 'none', 'logmaster.parse.status': 'raw' });
});

test('other devices’ records are never offered to it; a site’s are, and of two the device’s comes first', () => {
  const site = { ...PORTAL, name: 'of-site', applies_to: { sites: ['izmir'] }, patterns: ['%{GREEDYDATA:all}'] };
  const { parse } = open([site, PORTAL]);
  expect(parse(PORTAL_RECORD)['logmaster.parser']).toBe('acme-portal@3');
  expect(parse(PORTAL_RECORD, { deviceId: 'd2' })['logmaster.parser']).toBe('of-site@3');
  expect(parse(PORTAL_RECORD, { deviceId: 'd2', siteId: 'ankara' })['logmaster.parser']).not.toContain('@');
});

test('a rule takes records of any sender, but none that a built-in parser knows by its mark', () => {
  const rule = { contains: 'deny', regex: 'srcip=%{IP}' };
  const byRule = { name: 'rule', kind: 'key_value', applies_to: { rule } };
  const { parse } = open([byRule, { ...byRule, name: 'app', applies_to: { rule: { appname: 'portal' } } }]);
  const nobody = { deviceId: undefined, siteId: undefined };
  expect(parse('srcip=10.1.2.3 action=deny a=b', nobody)).toMatchObject({
    'logmaster.parser': 'rule@3',
    labels: { srcip: '10.1.2.3', action: 'deny', a: 'b' },
  });
  expect(parse('srcip=10.1.2.3 action=allow a=b', nobody)['logmaster.parser']).toBe('key_value');
  expect(parse('<134>Nov 23 10:00:00 host portal[12]: a=b', nobody)['logmaster.parser']).toBe('app@3');
  expect(parse(FORTIGATE, nobody)['logmaster.parser']).toBe('fortigate');
});

test('the built-in parser may come before it, or after it and read what it leaves', () => {
  const tagged = {
    name: 'tagged',
    kind: 'grok',
    applies_to: { devices: ['d1'] },
    reads: 'record',
    patterns: ['action="(?<verb>\\w+)"'],
    fields: { verb: [{ to: 'event.action', table: { deny: 'blocked' } }, 'labels.verb'] },
    built_in: 'before',
  };
  expect(open([tagged]).parse(FORTIGATE)).toMatchObject({
    'source.ip': '10.1.2.3',
    'event.action': 'blocked',
    labels: { verb: 'deny' },
    'event.dataset': 'custom.tagged',
    'logmaster.parser': 'tagged@3',
  });
  const relay = {
    ...tagged,
    name: 'relay',
    patterns: ['^RELAY %{WORD:branch} %{GREEDYDATA:inner}'],
    fields: { branch: 'labels.branch' },
    built_in: 'after',
    rest: 'inner',
  };
  expect(open([relay]).parse(`RELAY ankara ${FORTIGATE}`)).toMatchObject({
    '@timestamp': Date.UTC(2026, 10, 23, 10, 0, 1) * 1000,
    'source.ip': '10.1.2.3',
    'event.type': 'denied',
    labels: { branch: 'ankara' },
    'logmaster.parser': 'relay@3',
  });
});

test('columns hold the same as events, also when definitions come and go', () => {
  const { custom, parser } = open([]);
  const columns = createColumnParser(custom);
  const texts = [FORTIGATE, PORTAL_RECORD, FORTIGATE, 'srcip=1.2.3.4 a=b c=d'];
  for (const definitions of [
    [],
    [PORTAL],
    [PORTAL, { ...PORTAL, name: 'b', applies_to: { rule: { contains: 'a=b' } } }],
    [],
  ]) {
    use(custom, definitions);
    for (const text of texts) {
      for (const context of [CONTEXT, { ...CONTEXT, deviceId: 'd2' }]) {
        const batch = new ColumnBatch();
        const bytes = Buffer.from(text);
        columns.parse(batch, bytes, 0, bytes.length, context);
        batch.endRow();
        expect(readEvent(batch, 0)).toEqual(parser.parse(bytes, context));
      }
    }
  }
});

test('a new version is used at once; what did not change is kept; what can’t be used is told and left out', () => {
  const unusable: string[] = [];
  const { custom, parse } = open([PORTAL], { onUnusable: (label) => unusable.push(label) });
  custom.use({
    version: 4,
    parsers: [
      { name: 'acme-portal', version: 4, definition: { ...PORTAL, constants: { 'observer.vendor': 'Ajans' } } },
      { name: 'future', version: 1, definition: { kind: 'wasm', name: 'future' } },
      { name: 'broken', version: 2, definition: null },
    ],
  });
  expect(parse(PORTAL_RECORD)).toMatchObject({ 'logmaster.parser': 'acme-portal@4', 'observer.vendor': 'Ajans' });
  expect(unusable).toEqual(['future@1', 'broken@2']);
  custom.use({ version: 5, parsers: [] });
  expect(parse(PORTAL_RECORD)['logmaster.parser']).not.toContain('acme');
});

test('of several definitions the one that matches has the record, and the others are no fault of it', () => {
  const first = { ...PORTAL, name: 'aaa', patterns: ['never'] };
  expect(open([first, PORTAL]).parse(PORTAL_RECORD)).toMatchObject({
    'logmaster.parser': 'acme-portal@3',
    'logmaster.parse.status': 'ok',
  });
});

test('a definition at which something of ours fails is left out, and the record goes the built-in way', () => {
  const failed: unknown[] = [];
  const custom = new CustomParsers({ onFailed: (_, error) => failed.push(error) });
  const compiled = compileDefinition(PORTAL);
  if ('faults' in compiled) throw new Error('the definition is not usable');
  const fault = new Error('a fault of the engine');
  custom.useOnly('acme-portal@3', {
    ...compiled.parser,
    take() {
      throw fault;
    },
  });
  const parser = createRecordParser(custom);
  for (let index = 0; index < 3; index++)
    expect(parser.parse(Buffer.from(FORTIGATE), CONTEXT)).toMatchObject({ 'logmaster.parser': 'fortigate' });
  expect(failed).toEqual([fault]);
});

test('a definition that is slow again and again is left out for ten minutes; its records go the built-in way', () => {
  let now = 0;
  let cost = 1;
  const suspended: string[] = [];
  const { custom, parse } = open([PORTAL], {
    now: () => (now += cost),
    onSuspended: (label) => suspended.push(label),
  });
  for (let index = 0; index < 1000; index++) parse(PORTAL_RECORD);
  expect(suspended).toEqual([]);
  cost = 20;
  for (let index = 0; index < 20 && suspended.length === 0; index++)
    expect(parse(PORTAL_RECORD)['logmaster.parser']).toBe('acme-portal@3');
  expect(suspended).toEqual(['acme-portal@3']);
  expect(custom.suspended).toEqual(['acme-portal@3']);
  cost = 0;
  expect(parse(PORTAL_RECORD)['logmaster.parser']).not.toContain('acme');
  now += 10 * 60_000;
  expect(custom.suspended).toEqual([]);
  expect(parse(PORTAL_RECORD)['logmaster.parser']).toBe('acme-portal@3');
});
