import { createFrameSplitter } from '@logmaster/parsers/framing/stream';
import type { Receiver } from '../receiver.ts';
import type { Peer, Session } from './session.ts';

/** Syslog over TCP and TLS (RFC 6587, RFC 5425): there is no acknowledgement. */
export function syslogSession(peer: Peer, receiver: Receiver): Session {
  const splitter = createFrameSplitter({
    ...receiver.framing,
    onRecord: (bytes, flags) => receiver.take(peer.source, bytes, flags),
  });
  return {
    push(chunk) {
      splitter.push(chunk);
      return undefined;
    },
    get unfinished() {
      return splitter.heldBytes > 0;
    },
    end: () => splitter.end(),
  };
}
