import { accountingResponse, isAuthentic } from '@logmaster/parsers/radius/accounting';
import { ACCOUNTING_REQUEST, type RadiusPacket, readPacket } from '@logmaster/parsers/radius/packet';
import { radiusRecord } from '@logmaster/parsers/radius/record-text';
import type { JournalSource } from '../../journal/decode.ts';
import type { Receiver } from '../receiver.ts';
import { Acknowledgements } from '../stream/acknowledgements.ts';
import type { RadiusClients } from './radius-clients.ts';
import { RecentRequests } from './recent-requests.ts';

/**
 * RADIUS accounting (RFC 2866): each Accounting-Request is a record, and the response goes out when the commit that covers
 * it has returned, and not before: a NAS asks again until then. Whatever is no request of a client that knows its
 * secret is dropped without an answer (RFC 2866 §3), and counted. A request that comes again is answered again and not
 * recorded again: it tells nothing that the record does not (decision 108).
 */
export class RadiusDatagrams {
  private readonly receiver: Receiver;
  private readonly clients: RadiusClients;
  private readonly answers: Acknowledgements<() => void>;
  private readonly recent = new RecentRequests(() => performance.now());

  constructor(receiver: Receiver, clients: RadiusClients) {
    this.receiver = receiver;
    this.clients = clients;
    this.answers = new Acknowledgements(receiver);
  }

  receive(datagram: Buffer, source: JournalSource, answer: (bytes: Buffer) => void): void {
    const { receiver } = this;
    const request = this.read(datagram, source.address);
    if ('reason' in request) {
      receiver.counters.drop(source, request.reason);
      return;
    }
    const { packet, secret } = request;
    const respond = () => answer(accountingResponse(packet, secret));
    if (this.recent.repeats(packet, source.address)) {
      receiver.counters.note('radius_retransmission');
      // Its record may still be on its way to the disk; nothing may be, and then no commit comes.
      if (receiver.durable >= receiver.taken) respond();
      else this.answers.add(respond);
      return;
    }
    const before = receiver.taken;
    receiver.takeDatagram(source, radiusRecord(packet.bytes), '');
    if (receiver.taken === before) return;
    this.recent.remember(packet, source.address);
    this.answers.add(respond);
  }

  private read(
    datagram: Buffer,
    address: string,
  ): { readonly packet: RadiusPacket; readonly secret: string } | { readonly reason: string } {
    const secret = this.clients.secretOf(address);
    if (secret === undefined) return { reason: 'radius-unknown-client' };
    const packet = readPacket(datagram);
    if ('fault' in packet || packet.code !== ACCOUNTING_REQUEST) return { reason: 'radius-malformed' };
    return isAuthentic(packet, secret) ? { packet, secret } : { reason: 'radius-bad-authenticator' };
  }

  /** After a commit. */
  settle(): void {
    for (const answer of this.answers.take()) answer();
  }
}
