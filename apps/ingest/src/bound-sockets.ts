import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { getSystemErrorName } from 'node:util';
import { listenError } from '@logmaster/pipeline/collector/stream/listen-error';

/** A bound socket that this process holds and never reads: whoever gets its descriptor does. */
export interface BoundSocket {
  readonly fd: number;
  close(): void;
}

export interface BindRequest {
  readonly protocol: 'tcp' | 'udp';
  readonly host: string;
  readonly port: number;
  /** As in messages: `syslog TLS`, `--syslog-tls-port`. */
  readonly what: string;
  readonly option: string;
}

/** libuv's handle, with error numbers as results. */
interface Handle extends BoundSocket {
  bind(address: string, port: number, flags?: number): number;
  bind6(address: string, port: number, flags?: number): number;
  getsockname(out: object): number;
}

interface Bindings {
  binding(name: 'tcp_wrap'): { TCP: new (type: number) => Handle; constants: { SERVER: number } };
  binding(name: 'udp_wrap'): { UDP: new () => Handle };
}

/**
 * Node's public API binds and reads in one step: a server accepts, a datagram socket receives. Here the port is to be
 * held by a process that does neither, as the primary of node:cluster does it, so these are cluster's own means. The pinned
 * Node has them; the test beside this file says when a later one has not. Throws PORT_TAKEN.
 */
export async function bindSocket(request: BindRequest): Promise<BoundSocket> {
  const { protocol, host, port, what, option } = request;
  const { address } = await lookup(host);
  const handle = newHandle(protocol);
  const bound = isIPv6(address) ? handle.bind6(address, port, 0) : handle.bind(address, port, 0);
  // For TCP, libuv tells at the next call that somebody else listens there.
  const fault = bound || handle.getsockname({});
  if (fault === 0) return handle;
  handle.close();
  throw listenError({ code: getSystemErrorName(fault) }, what, host, port, option);
}

function newHandle(protocol: 'tcp' | 'udp'): Handle {
  const { binding } = process as unknown as Bindings;
  if (protocol === 'udp') return new (binding('udp_wrap').UDP)();
  const { TCP, constants } = binding('tcp_wrap');
  return new TCP(constants.SERVER);
}
