import { readDatagram } from '@logmaster/parsers/framing/datagram';
import type { Events } from '@logmaster/telemetry/events';
import type { Receiver } from '../receiver.ts';
import type { Endpoint } from '../stream/listener.ts';
import type { RadiusClients } from './radius-clients.ts';
import { RadiusDatagrams } from './radius-datagrams.ts';
import { UdpSource } from './udp-source.ts';

interface UdpPort {
  readonly endpoint: Endpoint;
  readonly receiver: Receiver;
  readonly events: Events;
  readonly counted: Readonly<Record<string, number>> | undefined;
  readonly countsDrops: boolean | undefined;
}

/** Syslog over UDP (RFC 5426): one datagram is one record. */
export function syslogUdp(port: UdpPort): UdpSource {
  const { receiver } = port;
  return new UdpSource({
    ...{ ...port, transport: 'udp', what: 'syslog UDP', option: '--syslog-port' },
    onDatagram(datagram, source) {
      const record = readDatagram(datagram, receiver.framing);
      if (record !== undefined) receiver.takeDatagram(source, record.bytes, record.flags);
    },
  });
}

/** RADIUS accounting, and what is to be done after each commit. */
export function radiusUdp(port: UdpPort & { readonly clients: RadiusClients }): {
  readonly source: UdpSource;
  readonly settle: () => void;
} {
  const { receiver, clients } = port;
  const datagrams = new RadiusDatagrams(receiver, clients);
  const source = new UdpSource({
    ...{ ...port, transport: 'radius', what: 'RADIUS accounting', option: 'LOGMASTER_RADIUS_PORT' },
    onDatagram: (datagram, from, answer) => datagrams.receive(datagram, from, answer),
    async onEmptied() {
      await receiver.commit();
      datagrams.settle();
    },
  });
  return { source, settle: () => datagrams.settle() };
}
