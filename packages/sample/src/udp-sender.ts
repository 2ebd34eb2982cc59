import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import type { LineSender, SenderCounts, SenderTarget } from './sender.ts';

/** Datagrams given to libuv and not yet to the kernel. More would only queue in memory. */
const IN_FLIGHT_LIMIT = 1024;

/** Sends each line as one datagram (RFC 5426 § 3.1). What the kernel drops on the way is not seen here. */
export function createUdpSender(target: SenderTarget): LineSender {
  const counts: SenderCounts = { handed: 0, uncertain: 0, refused: 0, reconnects: 0 };
  const host = target.host === 'localhost' ? '127.0.0.1' : target.host;
  const socket = dgram.createSocket(net.isIPv6(host) ? 'udp6' : 'udp4');
  let inFlight = 0;
  let open = false;
  // ICMP "port unreachable" of an earlier datagram is reported on a later one: it counts as refused and sending goes on.
  socket.on('error', () => counts.refused++);

  return {
    name: `udp to ${target.host}:${target.port}`,
    counts,
    get ready() {
      return open && inFlight < IN_FLIGHT_LIMIT;
    },
    send(line) {
      inFlight++;
      counts.handed++;
      socket.send(line, (error) => {
        inFlight--;
        if (error) counts.refused++;
      });
    },
    flush: () => undefined,
    async start() {
      socket.bind({ port: 0, ...(target.from === undefined ? {} : { address: target.from }) });
      await once(socket, 'listening');
      socket.connect(target.port, host);
      await once(socket, 'connect');
      open = true;
    },
    async stop() {
      if (!open) return;
      open = false;
      // Each send has its callback, even on a closed port, so this ends.
      while (inFlight > 0) await new Promise((resolve) => setImmediate(resolve));
      await new Promise<void>((resolve) => socket.close(() => resolve()));
    },
  };
}
