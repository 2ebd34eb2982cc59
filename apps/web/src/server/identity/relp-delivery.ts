import net from 'node:net';
import { AppError } from '@logmaster/core/errors';
import { createRelpReader, encodeRelpFrame, RelpError, type RelpFrame } from '@logmaster/parsers/framing/relp';

/** Takes records to ingest; resolves when they are durable. */
export interface IdentityDelivery {
  /**
   * @param records texts of one line each
   * @param from address of whoever told them; the record is that sender's
   * Throws INGEST_UNAVAILABLE: none, some or all of them may have been recorded then.
   */
  deliver(records: readonly string[], from: string): Promise<void>;
}

const TIMEOUT_MS = 15_000;
/** `200 OK`, and sentences of errors. */
const MAX_ANSWER = 1024;
const OPEN = 'relp_version=0\nrelp_software=LogMaster\ncommands=syslog';
/** Of the connection behind the load balancer nobody asks. */
const ANY_PORT = 0;

/** `[::1]:2515` or `127.0.0.1:2515` */
export function relpDelivery(endpoint: string): IdentityDelivery {
  const colon = endpoint.lastIndexOf(':');
  const host = endpoint.slice(0, colon).replace(/^\[|\]$/g, '');
  const port = Number(endpoint.slice(colon + 1));
  return {
    deliver(records, from) {
      const frames = [
        proxyHeader(from),
        encodeRelpFrame(1, 'open', OPEN),
        ...records.map((record, index) => encodeRelpFrame(index + 2, 'syslog', record)),
        encodeRelpFrame(records.length + 2, 'close'),
      ];
      return converse(net.connect({ host, port }), Buffer.concat(frames), records.length + 2);
    },
  };
}

/** HAProxy's PROXY protocol, version 1: ingest takes the first address for the sender's. */
function proxyHeader(from: string): Buffer {
  const family = net.isIP(from);
  if (family === 0) return Buffer.from('PROXY UNKNOWN\r\n');
  const [word, to] = family === 4 ? ['TCP4', '127.0.0.1'] : ['TCP6', '::1'];
  return Buffer.from(`PROXY ${word} ${from} ${to} ${ANY_PORT} ${ANY_PORT}\r\n`);
}

/** Sends everything at once and waits until each transaction up to `last` is answered with 200. */
function converse(socket: net.Socket, request: Buffer, last: number): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    let answered = 0;
    const fail = (detail: string, cause?: unknown) =>
      reject(new AppError('INGEST_UNAVAILABLE', { detail, ...(cause === undefined ? {} : { cause }) }));
    const reader = createRelpReader({ maxDataBytes: MAX_ANSWER, onFrame: answer });

    function answer({ transaction, command, data }: RelpFrame): void {
      if (command !== 'rsp') return;
      if (!data.toString('latin1').startsWith('200')) throw new RelpError('it refuses the events', transaction);
      answered = Math.max(answered, transaction);
      if (answered >= last) resolve();
    }
    socket.setTimeout(TIMEOUT_MS, () => fail('it does not acknowledge the events in time'));
    socket.on('data', (chunk) => {
      try {
        reader.push(chunk);
      } catch (error) {
        if (!(error instanceof RelpError)) throw error;
        fail(error.message, error);
      }
    });
    socket.on('error', (error) => fail('it can not be reached, or the connection broke', error));
    socket.on('close', () => fail('it ended the connection before it had acknowledged the events'));
    socket.write(request);
  }).finally(() => socket.destroy());
}
