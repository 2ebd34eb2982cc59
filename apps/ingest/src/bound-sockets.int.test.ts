import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import { freePorts } from '@logmaster/testkit/free-ports';
import { expect, test } from 'vitest';
import { bindSocket } from './bound-sockets.ts';

const names = { host: '127.0.0.1', what: 'a port', option: '--a-port' };

test('a bound socket keeps what arrives for whoever gets its descriptor', async () => {
  const [port = 0] = await freePorts(1);
  const udp = await bindSocket({ ...names, protocol: 'udp', port });
  const tcp = await bindSocket({ ...names, protocol: 'tcp', port });
  const sender = dgram.createSocket('udp4');
  await new Promise((resolve) => sender.send('early', port, '127.0.0.1', resolve));
  const receiver = dgram.createSocket('udp4');
  const heard = once(receiver, 'message');
  receiver.bind({ fd: udp.fd });
  expect(String((await heard)[0])).toBe('early');
  const server = net.createServer((socket) => socket.end('hello')).listen({ fd: tcp.fd });
  const client = net.connect(port, '127.0.0.1');
  expect(String((await once(client, 'data'))[0])).toBe('hello');
  client.destroy();
  sender.close();
  receiver.close();
  server.close();
});

test('a taken port is told by name, for TCP and UDP', async () => {
  const [port = 0] = await freePorts(1);
  const server = net.createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const socket = dgram.createSocket('udp4').bind(port, '127.0.0.1');
  await once(socket, 'listening');
  for (const protocol of ['tcp', 'udp'] as const) {
    const refusal = bindSocket({ ...names, protocol, port });
    await expect(refusal).rejects.toMatchObject({ code: 'PORT_TAKEN' });
    await expect(refusal).rejects.toThrow('--a-port');
  }
  server.close();
  socket.close();
});
