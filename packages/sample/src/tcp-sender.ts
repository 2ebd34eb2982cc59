import net from 'node:net';
import type { LineSender, SenderCounts, SenderTarget } from './sender.ts';

const FIRST_RETRY_MILLIS = 200;
const LONGEST_RETRY_MILLIS = 5000;
/** At stop, a receiver that does not read gets this long for what is queued; the rest is `uncertain`. */
const LAST_WORDS_MILLIS = 2000;
/** Above this many bytes queued in this process, `ready` is false: a slow receiver slows the source, not our memory. */
const QUEUE_LIMIT_BYTES = 1024 * 1024;

/**
 * Sends lines over TCP with octet counting or LF framing (RFC 6587). Connects again by itself after an error, a little
 * later each time. TCP syslog has no acknowledgement: what was queued when the connection ended is `uncertain`.
 */
export function createTcpSender(target: SenderTarget, framing: 'tcp-octets' | 'tcp-lines'): LineSender {
  const counts: SenderCounts = { handed: 0, uncertain: 0, refused: 0, reconnects: 0 };
  let socket: net.Socket | undefined;
  let connected = false;
  let stopping = false;
  let retryMillis = FIRST_RETRY_MILLIS;
  let retryTimer: NodeJS.Timeout | undefined;
  let collected: string[] = [];
  let queuedLines = 0;

  function connect(onFirst?: () => void): void {
    const opening = net.connect({
      host: target.host === 'localhost' ? '127.0.0.1' : target.host,
      port: target.port,
      ...(target.from === undefined ? {} : { localAddress: target.from }),
    });
    socket = opening;
    opening.setNoDelay(true);
    opening.on('connect', () => {
      connected = true;
      retryMillis = FIRST_RETRY_MILLIS;
      onFirst?.();
    });
    opening.resume();
    // The error itself says nothing that `close` and the counters do not.
    opening.on('error', () => undefined);
    opening.on('close', () => {
      connected = false;
      counts.uncertain += queuedLines;
      queuedLines = 0;
      if (stopping) return;
      counts.reconnects++;
      retryTimer = setTimeout(() => connect(onFirst), retryMillis);
      retryMillis = Math.min(retryMillis * 2, LONGEST_RETRY_MILLIS);
    });
  }

  function flush(): void {
    if (collected.length === 0 || !socket) return;
    const lines = collected.length;
    queuedLines += lines;
    socket.write(collected.join(''), 'utf8', (error) => {
      if (!error) queuedLines = Math.max(0, queuedLines - lines);
    });
    collected = [];
  }

  return {
    name: `${framing} to ${target.host}:${target.port}`,
    counts,
    get ready() {
      return connected && !stopping && (socket?.writableLength ?? 0) < QUEUE_LIMIT_BYTES;
    },
    send(line) {
      collected.push(framing === 'tcp-lines' ? `${line}\n` : `${Buffer.byteLength(line)} ${line}`);
      counts.handed++;
    },
    flush,
    start: () => new Promise<void>((resolve) => connect(resolve)),
    async stop() {
      stopping = true;
      clearTimeout(retryTimer);
      const open = socket;
      if (!open || open.destroyed) return;
      if (!connected) {
        open.destroy();
        return;
      }
      flush();
      await new Promise<void>((resolve) => {
        const givenUp = setTimeout(() => open.destroy(), LAST_WORDS_MILLIS);
        open.once('close', () => {
          clearTimeout(givenUp);
          resolve();
        });
        open.end();
      });
    },
  };
}
