import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { renderConfig } from './render-config.ts';

let out: string;
beforeEach(async () => {
  out = await mkdtemp(path.join(tmpdir(), 'render-'));
});
afterEach(() => rm(out, { recursive: true }));

const NEEDED = {
  SERVER_NAMES: 'logs.example.com',
  WEB_NODES: '10.0.0.1:3000 10.0.0.2:3000',
  SYSLOG_NODES: '[fd00::1]:5514',
};
const render = (values: Record<string, string>) => renderConfig({ service: 'nginx', part: 'nginx', values, out });
const file = (name: string) => readFile(path.join(out, name), 'utf8');

test('a list is a line for each of its words, an empty one no line', async () => {
  await render(NEEDED);
  expect(await file('web-nodes.conf')).toContain(
    '  server 10.0.0.1:3000 max_fails=2 fail_timeout=10s;\n  server 10.0.0.2:3000 max_fails=2 fail_timeout=10s;\n',
  );
  expect(await file('servers.conf')).toContain(
    '  listen *:443 ssl http2 default_server;\n  listen [::]:443 ssl http2 default',
  );
  expect(await file('forwarded.conf')).not.toContain('set_real_ip_from');
  await render({ ...NEEDED, TRUSTED_PROXIES: '10.1.0.0/16' });
  expect(await file('forwarded.conf')).toContain('\nset_real_ip_from 10.1.0.0/16;\n');
});

test('a switch keeps its line or leaves it out', async () => {
  await render(NEEDED);
  expect(await file('syslog.conf')).not.toContain('transparent');
  await render({ ...NEEDED, SYSLOG_TRANSPARENT: 'on' });
  expect(await file('syslog.conf')).toContain('\n  proxy_bind $remote_addr transparent;\n');
});

test.each([
  [{ ...NEEDED, SERVER_NAME: 'x' }, /there is no variable SERVER_NAME/],
  [{ ...NEEDED, SERVER_NAMES: '' }, /SERVER_NAMES must be given/],
  [{ ...NEEDED, SERVER_NAMES: 'a; root /' }, /SERVER_NAMES has a character that is not allowed/],
  [{ ...NEEDED, SERVER_NAMES: '$host' }, /SERVER_NAMES has a character that is not allowed/],
  [{ ...NEEDED, SYSLOG_TRANSPARENT: 'yes' }, /SYSLOG_TRANSPARENT must be on or off, not 'yes'/],
  [{ 'not a name': 'x' }, /values\.env:1: not NAME=value/],
])('%j is refused, and what was there stays', async (values, reason) => {
  await writeFile(path.join(out, 'nginx.conf'), 'as it was');
  await expect(render(values)).rejects.toThrow(reason);
  expect(await file('nginx.conf')).toBe('as it was');
});
