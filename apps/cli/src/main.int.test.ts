import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { logmaster } from '@logmaster/testkit/cli';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'logmaster-cli-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the version is a result, and so is help', async () => {
  expect(await logmaster(['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^LogMaster \d+\.\d+\.\d+\n$/),
  });
  const help = await logmaster(['help']);
  expect(help.code).toBe(0);
  for (const name of ['start', 'verify', 'parse', 'token', 'user', 'health'])
    expect(help.stdout).toContain(`logmaster ${name}`);
});

test.each([
  [[]],
  [['frobnicate']],
  [['constructor']],
  [['verify']],
  [['verify', 'a', 'b']],
  [['verify', '.', '--frob']],
  [['verify', '.', '--signer', 'package.json']],
  [['parse']],
  [['parser']],
  [['parser', 'try', 'x']],
  [['parser', 'activate', 'x']],
  [['parser', 'constructor', 'x']],
  [['token', 'create', '--user', 'admin']],
  [['token', 'destroy']],
  [['token', 'create', '--user', 'admin', '--name', 'x', '--scope', 'everything']],
  [['token', 'revoke', 'x', '--user', 'admin']],
  [['asset', 'add', 'printer', '--name', 'x']],
  [['asset', 'remove', 'x']],
  [['user', 'reset-password']],
  [['coverage', 'accept']],
  [['reparse', '--status', 'ok']],
  [['start', '--port', 'x']],
])('%j is wrong use: exit 2, a message on stderr, nothing on stdout', async (args) => {
  const { code, stdout, stderr } = await logmaster(args);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('logmaster');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.each([
  [['verify', '/nowhere/at/all']],
  [['parse', '/nowhere/at/all']],
  [['token', 'create', '--user', 'admin', '--name', 'x']],
  [['user', 'reset-password', 'admin']],
  [['parser', 'list']],
  [['health']],
  [['coverage']],
  [['reparse', '--dry-run']],
])('%j without what it needs: exit 3, no stack', async (args) => {
  const data = ['verify', 'parse'].includes(args[0] ?? '') ? [] : ['--data', folder];
  const { code, stdout, stderr } = await logmaster([...args, ...data]);
  expect(code).toBe(3);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^logmaster: /m);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('a custom parser is tried on the lines of a file, and told with all its faults when it can’t be used', async () => {
  const definition = {
    name: 'doors',
    kind: 'grok',
    applies_to: { devices: ['d'] },
    patterns: ['^door %{INT:door} %{WORD:event.action}$'],
  };
  const [file, broken, records] = ['doors.json', 'broken.json', 'lines.log'].map((name) => path.join(folder, name));
  if (!file || !broken || !records) throw new Error('no file');
  await writeFile(file, JSON.stringify(definition));
  await writeFile(broken, JSON.stringify({ ...definition, patterns: ['('], unmapped: 'x' }));
  await writeFile(records, 'door 12 open\nsomething else\n');

  const parsed = await logmaster(['parse', records, '--definition', file]);
  const [first = '', second = ''] = parsed.stdout.split('\n');
  expect(JSON.parse(first)).toMatchObject({
    event: { action: 'open' },
    labels: { door: '12' },
    logmaster: { parser: 'doors' },
  });
  expect(JSON.parse(second)).toMatchObject({ logmaster: { parse: { status: 'raw' } } });

  const tried = await logmaster(['parser', 'try', file, '--records', records, '--json']);
  expect([tried.code, JSON.parse(tried.stdout)]).toMatchObject([
    1,
    { totals: { records: 2, matched: 1, unmatched: 1 } },
  ]);
  const people = await logmaster(['parser', 'try', file, '--records', '-'], 'door 1 shut\u001b[31m\ndoor 2 shut\n');
  expect(people.stdout).toContain('door = 2');
  expect(people.stdout).not.toContain('\u001b');

  const refused = await logmaster(['parser', 'try', broken, '--records', records]);
  expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('unmapped: ') });
});

test('parse gives one event for each line, in order, whatever the line is', async () => {
  const hostile = Buffer.from([0x3c, 0x00, 0xff, 0xfe, 0x1b, 0x5b]);
  const lines = [
    '<189>date=2026-11-23 devname="FGT" srcip=10.1.2.3 action="deny" type="traffic"',
    '',
    hostile,
    'x'.repeat(70_000),
    'last',
  ];
  const file = path.join(folder, 'lines.log');
  await writeFile(
    file,
    Buffer.concat(lines.flatMap((line, n) => (n === 0 ? [Buffer.from(line)] : [Buffer.from('\n'), Buffer.from(line)]))),
  );
  const { code, stdout } = await logmaster(['parse', file]);
  expect(code).toBe(0);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect(events).toHaveLength(lines.length);
  expect(events[0]).toMatchObject({ source: { ip: '10.1.2.3' }, event: { original: lines[0] } });
  expect(events[4]).toMatchObject({ event: { original: 'last' } });

  const counted = await logmaster(['parse', file, '--stats', '--json']);
  expect(JSON.parse(counted.stdout)).toMatchObject({ records: 5, parsers: [{ raw: 4 }, { ok: 1 }] });
  expect((await logmaster(['parse', file, '--stats'])).stdout).toMatch(/^5 records, 20\.0 % parsed whole\n/);

  const piped = await logmaster(['parse', '-', '--json'], 'a\nb\n');
  expect(piped.stdout.trimEnd().split('\n')).toHaveLength(2);
});
