import { parseArgs } from 'node:util';
import { createReplay, type ReplayOptions } from './replay.ts';

/**
 * Sample traffic as a process: `node packages/sample/src/main.ts --port 5514 --rate 20`. SIGINT and SIGTERM end it after
 * what was queued is written. Prints one JSON line with the counts of each device at the end.
 */
const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '5514' },
    /** Records a second in working hours. */
    rate: { type: 'string', default: '20' },
    seed: { type: 'string', default: '5651' },
    /** Ends by itself after so long. */
    seconds: { type: 'string' },
    /** natural, udp, tcp-octets or tcp-lines. */
    transport: { type: 'string', default: 'natural' },
    /** working-hours or flat. */
    rhythm: { type: 'string', default: 'working-hours' },
    'no-burst': { type: 'boolean', default: false },
    numbered: { type: 'boolean', default: false },
  },
});

function number(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) wrongUse(`--${name} must be a number, not "${text}"`);
  return value;
}

function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((word) => word === text);
  return found ?? wrongUse(`--${name} must be one of ${allowed.join(', ')}, not "${text}"`);
}

function wrongUse(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

const options: ReplayOptions = {
  host: values.host,
  port: number('port', values.port),
  recordsPerSecond: number('rate', values.rate),
  seed: number('seed', values.seed),
  transport: oneOf('transport', values.transport, ['natural', 'udp', 'tcp-octets', 'tcp-lines']),
  rhythm: oneOf('rhythm', values.rhythm, ['working-hours', 'flat']),
  numbered: values.numbered,
  seconds: values.seconds === undefined ? undefined : number('seconds', values.seconds),
  ...(values['no-burst'] ? { burst: { seconds: 0, factor: 1 } } : {}),
};

const replay = createReplay(options);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void replay.stop());
// A signal may come while nobody listens yet: then `start` never ends, and `finished` does.
await Promise.race([replay.start(), replay.finished]);
await replay.finished;
process.stdout.write(`${JSON.stringify(replay.counts())}\n`);
