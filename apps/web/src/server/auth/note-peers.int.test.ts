import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { notePeers } from './note-peers.ts';

test('the peer stands last in what a server’s listeners see, whatever the client wrote', async () => {
  notePeers();
  const server = createServer((request, response) => response.end(request.headers['x-forwarded-for'])).listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const ask = async (headers: Record<string, string>) => (await fetch(url, { headers })).text();
  expect(await ask({})).toBe('::ffff:127.0.0.1');
  expect(await ask({ 'x-forwarded-for': '6.6.6.6' })).toBe('6.6.6.6, ::ffff:127.0.0.1');
  server.closeAllConnections();
  server.close();
});
