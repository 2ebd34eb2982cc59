import type { Socket } from 'node:net';
import tls, { type TLSSocket } from 'node:tls';
import type { Events } from '@logmaster/telemetry/events';
import { type LoadedTls, loadTlsFiles, type TlsFiles, tlsFilesState } from './tls-files.ts';

export type ClientCertificates = 'none' | 'optional' | 'required';

export interface TlsOptions {
  readonly files: TlsFiles;
  readonly clientCertificates: ClientCertificates;
}

export interface TlsDoorOptions extends TlsOptions {
  readonly events: Events;
  readonly onUnverified: () => void;
  readonly handshakeMs?: number;
  readonly watchMs?: number;
}

/** `client_certificate_refused`: none, or none that an authority of ours has issued, where one is required. */
export type TlsFailure = 'tls_handshake_failed' | 'tls_handshake_timeout' | 'client_certificate_refused';

interface DoorEvents {
  readonly secured: (socket: TLSSocket, identity: string | undefined) => void;
  readonly failed: (socket: Socket, reason: TlsFailure) => void;
}

const HANDSHAKE_MS = 10_000;
const WATCH_MS = 2000;
const IDENTITY_MAX = 255;

/**
 * TLS in front of a stream port. New certificate files are taken without a restart: connections that are open stay as
 * they are, new ones see the new certificate. Files that don't fit together leave the old ones in use.
 */
export class TlsDoor {
  private readonly options: TlsDoorOptions;
  private server: tls.Server | undefined;
  private watcher: NodeJS.Timeout | undefined;
  private state = '';
  private loading: Promise<void> | undefined;
  loaded: LoadedTls | undefined;

  constructor(options: TlsDoorOptions) {
    this.options = options;
  }

  async start({ secured, failed }: DoorEvents): Promise<void> {
    const { files, clientCertificates, handshakeMs = HANDSHAKE_MS, watchMs = WATCH_MS } = this.options;
    this.loaded = await loadTlsFiles(files);
    this.state = await tlsFilesState(files);
    const server = tls.createServer({
      ...this.loaded.context,
      handshakeTimeout: handshakeMs,
      requestCert: clientCertificates !== 'none',
      // Node would end an unverified connection without a word to us: it is refused, and counted, below.
      rejectUnauthorized: false,
      allowHalfOpen: true,
    });
    server.on('secureConnection', (socket) => {
      const identity = this.identityOf(socket);
      if (identity !== undefined || clientCertificates !== 'required') return secured(socket, identity);
      socket.on('error', () => socket.destroy());
      failed(socket, 'client_certificate_refused');
      socket.destroy();
    });
    server.on('tlsClientError', (error, socket) => {
      const late = (error as NodeJS.ErrnoException).code === 'ERR_TLS_HANDSHAKE_TIMEOUT';
      failed(socket, late ? 'tls_handshake_timeout' : 'tls_handshake_failed');
      socket.destroy();
    });
    this.server = server;
    this.watcher = setInterval(() => void this.look(), watchMs);
    this.tellLoaded();
  }

  /** Takes a connection that has sent nothing yet, or whose first bytes were put back. */
  upgrade(socket: Socket): void {
    this.server?.emit('connection', socket);
  }

  /** Reads the files again. What can't be used is told and changes nothing. */
  async reload(): Promise<void> {
    this.loading ??= this.load().finally(() => {
      this.loading = undefined;
    });
    await this.loading;
  }

  async stop(): Promise<void> {
    clearInterval(this.watcher);
    await this.loading;
  }

  private async look(): Promise<void> {
    // A file that is away for the moment is being replaced.
    const state = await tlsFilesState(this.options.files).catch(() => this.state);
    if (state === this.state) return;
    this.state = state;
    await this.reload();
  }

  private async load(): Promise<void> {
    try {
      const loaded = await loadTlsFiles(this.options.files);
      if (loaded.digest === this.loaded?.digest) return;
      this.server?.setSecureContext(loaded.context);
      this.loaded = loaded;
      this.tellLoaded();
    } catch (error) {
      this.options.events.emit('certificate_refused', { reason: error instanceof Error ? error.message : error });
    }
  }

  private tellLoaded(): void {
    const { fingerprint, validTo } = this.loaded ?? {};
    this.options.events.emit('certificate_loaded', { fingerprint, valid_to: validTo?.toISOString() });
  }

  /** A certificate that no authority of ours has issued proves nothing. */
  private identityOf(socket: TLSSocket): string | undefined {
    const certificate = socket.getPeerX509Certificate();
    if (certificate === undefined) return undefined;
    if (!socket.authorized) {
      if (this.options.clientCertificates === 'optional') this.options.onUnverified();
      return undefined;
    }
    const subject = certificate.subject.replaceAll('\n', ',').replace(/[^\x20-\x7e]/g, '?');
    const fingerprint = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
    return `sha256:${fingerprint} ${subject}`.slice(0, IDENTITY_MAX);
  }
}
