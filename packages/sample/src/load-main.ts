import { parseArgs } from 'node:util';
import { createLoad } from './load.ts';

/**
 * Load as a process of its own, so that its CPU time is not the receiver's:
 * `node packages/sample/src/load-main.ts --port 5514 --rate 20000 --seconds 60`. `--rate 0` sends as fast as it can.
 * Prints one JSON line: `{ sent, seconds, behind, bytesPerLine, cpuSeconds }`.
 */
const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '5514' },
    rate: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '60' },
    connections: { type: 'string', default: '4' },
    seed: { type: 'string', default: '5651' },
    'line-bytes': { type: 'string', default: '0' },
    framing: { type: 'string', default: 'tcp-octets' },
  },
});

const load = createLoad({
  host: values.host,
  port: Number(values.port),
  recordsPerSecond: Number(values.rate) || Number.POSITIVE_INFINITY,
  connections: Number(values.connections),
  seed: Number(values.seed),
  ...(values['line-bytes'] === '0' ? {} : { lineBytes: Number(values['line-bytes']) }),
  framing: values.framing === 'tcp-lines' ? 'tcp-lines' : 'tcp-octets',
});
await load.start();
const began = performance.now();
const cpu = process.cpuUsage();
await Promise.race([new Promise((resolve) => setTimeout(resolve, Number(values.seconds) * 1000)), load.failed]);
const behind = load.behind;
await load.stop();
const used = process.cpuUsage(cpu);
process.stdout.write(
  `${JSON.stringify({
    sent: load.sent,
    seconds: (performance.now() - began) / 1000,
    behind,
    bytesPerLine: load.bytesPerLine,
    cpuSeconds: (used.user + used.system) / 1e6,
  })}\n`,
);
