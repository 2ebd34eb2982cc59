import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gate, openGate } from './gate.ts';

const echo = createServer((socket) => {
  // A gate that is cut resets both of its ends.
  socket.on('error', () => socket.destroy());
  socket.pipe(socket);
});
let gate: Gate;
beforeAll(async () => {
  await once(echo.listen(0, '127.0.0.1'), 'listening');
  gate = await openGate({ host: '127.0.0.1', port: (echo.address() as AddressInfo).port });
});
afterAll(async () => {
  await gate.close();
  echo.close();
});

async function dial() {
  const socket = connect(gate.address.port, gate.address.host).setEncoding('utf8');
  await once(socket, 'connect');
  return socket;
}

test('what is sent while it is stalled passes when it opens', async () => {
  const socket = await dial();
  socket.write('one');
  expect(await once(socket, 'data')).toEqual(['one']);
  gate.stall();
  socket.write('two');
  let heard = false;
  const answer = once(socket, 'data').then((data) => {
    heard = true;
    return data;
  });
  // a round trip through the echo server itself shows that it had the time to answer
  const other = connect((echo.address() as AddressInfo).port, '127.0.0.1');
  other.write('x');
  await once(other, 'data');
  other.destroy();
  expect(heard).toBe(false);
  gate.open();
  expect(await answer).toEqual(['two']);
  socket.end();
  await once(socket, 'end');
});

test('cutting resets what is connected and refuses what comes, until it opens', async () => {
  const socket = await dial();
  socket.write('here');
  await once(socket, 'data');
  const broken = once(socket, 'error') as Promise<[NodeJS.ErrnoException]>;
  await gate.cut();
  expect((await broken)[0].code).toBe('ECONNRESET');
  await expect(dial()).rejects.toThrow(/ECONNREFUSED/);
  gate.open();
  const again = await dial();
  again.write('back');
  expect(await once(again, 'data')).toEqual(['back']);
  again.destroy();
});

test('a slow one still passes everything, in order', async () => {
  gate.slow(5);
  const socket = await dial();
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  for (let piece = 0; piece < 5; piece++) socket.write(`${piece},`);
  socket.end();
  await once(socket, 'end');
  expect(text).toBe('0,1,2,3,4,');
  gate.open();
});
