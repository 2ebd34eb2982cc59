import dgram from 'node:dgram';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { createStampedChunk } from '@logmaster/sample/stamped-lines';

/**
 * Datagrams as a process of its own: `node tests/bench/udp-load.ts --port 5514 --rate 60000 --seconds 10`. `--rate 0` sends
 * as fast as it can. Prints `{ sent, seconds }`: what the kernel took.
 */
const { values } = parseArgs({
  options: { port: { type: 'string' }, rate: { type: 'string', default: '0' }, seconds: { type: 'string' } },
});
const port = Number(values.port);
const rate = Number(values.rate) || Number.POSITIVE_INFINITY;
const seconds = Number(values.seconds);

const LINES = 2048;
/** Datagrams between two looks at the clock. */
const BURST = 64;
const MAX_IN_FLIGHT = 1024;
const LF = 0x0a;

function linesOf(chunk: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let at = 0, end = chunk.indexOf(LF); end >= 0; at = end + 1, end = chunk.indexOf(LF, at))
    lines.push(chunk.subarray(at, end));
  return lines;
}

const lines = linesOf(createStampedChunk('tcp-lines', 5651, LINES, undefined, 700).stamp(LINES, 1));
const socket = dgram.createSocket('udp4');
socket.bind(0, '127.0.0.1');
await once(socket, 'listening');
socket.connect(port, '127.0.0.1');
await once(socket, 'connect');

const state = { asked: 0, sent: 0, failed: 0 };
const taken = (error: Error | null) => {
  if (error === null) state.sent += 1;
  else state.failed += 1;
};
const inFlight = () => state.asked - state.sent - state.failed;
const began = performance.now();
const elapsed = () => (performance.now() - began) / 1000;
while (elapsed() < seconds) {
  const due = Math.min(rate * elapsed() - state.asked, BURST);
  for (let count = 0; count < due && inFlight() < MAX_IN_FLIGHT; count++) {
    socket.send(lines[state.asked % LINES] as Buffer, taken);
    state.asked += 1;
  }
  await new Promise(setImmediate);
}
while (inFlight() > 0) await new Promise(setImmediate);
if (state.failed > 0) throw new Error(`${state.failed} datagrams were refused`);
process.stdout.write(`${JSON.stringify({ sent: state.sent, seconds: elapsed() })}\n`);
socket.close();
