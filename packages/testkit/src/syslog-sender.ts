import { once } from 'node:events';
import { connect } from 'node:net';

/** Sends lines over one TCP connection, newline-framed (RFC 6587 § 3.4.2), and closes it. `from` picks the source address. */
export async function sendLines(port: number, lines: readonly string[], from = '127.0.0.1'): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  await once(socket, 'connect');
  socket.end(lines.map((line) => `${line}\n`).join(''));
  socket.resume();
  await once(socket, 'close');
}

/** RFC 5424 lines that differ by a word, `<word>-<n>` for n in [0, count), time-stamped now. */
export function numberedLines(word: string, count: number): readonly string[] {
  const now = new Date().toISOString();
  return Array.from({ length: count }, (_, n) => `<134>1 ${now} host-${word} test - - - ${word} ${word}-${n}`);
}
