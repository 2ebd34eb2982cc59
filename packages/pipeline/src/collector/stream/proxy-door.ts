import type { Socket } from 'node:net';
import { readProxyHeader } from '@logmaster/parsers/framing/proxy-header';
import { canonicalAddress } from './source-address.ts';

/** Where a connection really comes from. */
export interface Origin {
  readonly address: string;
  readonly port: number;
}

export type ProxyFailure = 'proxy_header_missing' | 'proxy_header_bad';

/**
 * Reads the PROXY header with which a load balancer begins a connection; what follows it is put back. Resolves with the
 * origin, or with what was wrong: nothing within `timeoutMs`, something else than a header, a header that can't be read.
 * Resolves with undefined when the connection ended before it said anything: load balancers look that way whether we live.
 */
export function readOrigin(socket: Socket, timeoutMs: number): Promise<Origin | ProxyFailure | undefined> {
  const peer = { address: canonicalAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 };
  return new Promise((resolve) => {
    let held = Buffer.alloc(0);
    const timer = setTimeout(() => done('proxy_header_missing'), timeoutMs);

    function done(result: Origin | ProxyFailure | undefined): void {
      clearTimeout(timer);
      socket.off('readable', read).off('end', gone).off('error', gone).off('close', gone);
      resolve(result);
    }
    function gone(): void {
      done(held.length === 0 ? undefined : 'proxy_header_missing');
    }
    function read(): void {
      for (let chunk = socket.read() as Buffer | null; chunk !== null; chunk = socket.read() as Buffer | null)
        held = Buffer.concat([held, chunk]);
      if (held.length === 0) return;
      const header = readProxyHeader(held);
      if (header.kind === 'none') done('proxy_header_missing');
      else if (header.kind === 'bad') done('proxy_header_bad');
      else if (header.kind === 'header') {
        const { source, bytes } = header;
        if (held.length > bytes) socket.unshift(held.subarray(bytes));
        done(source === undefined ? peer : { address: canonicalAddress(source.address), port: source.port });
      }
    }
    socket.on('readable', read).on('end', gone).on('error', gone).on('close', gone);
  });
}
