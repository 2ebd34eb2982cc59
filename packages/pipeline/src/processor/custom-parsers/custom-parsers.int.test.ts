import { MICROS_PER_DAY } from '@logmaster/core/time';
import { openDatabase } from '@logmaster/db/client';
import { activateParser, deactivateParser, saveParser } from '@logmaster/db/custom-parser-changes';
import { listParserVersions } from '@logmaster/db/custom-parsers';
import { migrateUp } from '@logmaster/db/migrate';
import { openParserDirectory } from '@logmaster/db/parser-directory';
import { startPostgres } from '@logmaster/testkit/postgres';
import { expect, test } from 'vitest';
import { FIREWALL, MAPPING, Rig, STRANGER } from '../../testing/rig.ts';

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 25 });

function definition(vendor: string) {
  return {
    name: 'acme',
    kind: 'grok',
    applies_to: { devices: ['d1'] },
    patterns: ['number=%{INT:n} %{WORD:event.action} from %{IP:source.ip}'],
    constants: { 'observer.vendor': vendor },
  };
}

test('a saved parser is taken over without a restart, rolled back, kept while the database is away, and taken out of use', async () => {
  const server = await startPostgres();
  const url = await server.createDatabase();
  await migrateUp(url);
  const { primary, close } = openDatabase({ url });
  const rig = await Rig.create();
  const directory = openParserDirectory({ url });
  rig.parserDirectory = directory;
  rig.mapping = MAPPING;
  await rig.journal.start();
  await rig.startProcessor();
  const save = (vendor: string) =>
    saveParser(primary, {
      name: 'acme',
      definition: definition(vendor),
      author: 'admin',
      now: new Date(rig.now / 1000),
      activate: true,
    });
  const find = async (number: number) => (await rig.search(`message:"number=${number} login"`)).events[0];
  /** Sends a record and finds what was made of it. */
  const parsed = async (source = FIREWALL) => {
    const before = rig.total;
    await rig.send(1, source, 'login from 10.9.8.7');
    await eventually(() => rig.indexed()).toBe(before + 1);
    return find(before);
  };
  const inUse = (version: number) => eventually(() => rig.processor.customParsers.version).toBe(version);
  try {
    await eventually(() => rig.processor.segments.timeline.newest.version).toBe(MAPPING.version);
    expect((await parsed())?.['logmaster.parser']).not.toContain('acme');

    expect(await save('Acme')).toMatchObject({ version: 1, active: true });
    await inUse(1);
    expect(await parsed()).toMatchObject({
      'logmaster.parser': 'acme@1',
      'event.action': 'login',
      'source.ip': '10.9.8.7',
      'observer.vendor': 'Acme',
      labels: { n: '1' },
    });
    expect((await parsed(STRANGER))?.['logmaster.parser']).not.toContain('acme');

    await save('Ajans');
    await inUse(2);
    expect(await parsed()).toMatchObject({ 'logmaster.parser': 'acme@2', 'observer.vendor': 'Ajans' });
    await activateParser(primary, { name: 'acme', version: 1 });
    await inUse(3);
    expect((await parsed())?.['logmaster.parser']).toBe('acme@1');

    await rig.stopProcessor();
    rig.parserDirectory = undefined;
    await rig.startProcessor();
    expect((await parsed())?.['logmaster.parser']).toBe('acme@1');
    // The next day begins: this one is packed, with the parsers that are in use then.
    rig.now += MICROS_PER_DAY;
    await rig.send(1);
    await eventually(async () => (await find(0))?.['logmaster.parser']).toBe('acme@1');
    await eventually(() => rig.indexed()).toBe(rig.total);

    await rig.stopProcessor();
    rig.parserDirectory = directory;
    await deactivateParser(primary, 'acme');
    await rig.startProcessor();
    await inUse(4);
    expect((await parsed())?.['logmaster.parser']).not.toContain('acme');
    await primary.$executeRaw`UPDATE custom_parser_versions SET author = 'x'`;
    await primary.$executeRaw`DELETE FROM custom_parser_versions`;
    expect(await listParserVersions(primary, 'acme')).toMatchObject([
      { version: 2, active: false, author: 'admin', definition: definition('Ajans') },
      { version: 1, active: false, author: 'admin', definition: definition('Acme') },
    ]);
  } finally {
    await rig.journal.stop();
    await rig.stopProcessor();
    await rig.remove();
    await directory.close();
    await close();
    await server.remove();
  }
});
