import { DEFAULT_PORTS } from '@logmaster/core/config/ports';
import { parseOptions } from '../command.ts';
import { UsageError } from '../exit.ts';

export interface StartPorts {
  readonly web: number;
  readonly syslog: number;
  readonly syslogTls: number;
  readonly relp: number;
  readonly beats: number;
  readonly metrics: number;
  readonly postgres: number;
}

export interface StartOptions {
  readonly data: string | undefined;
  /** Where the web listens; the log ports have their own. */
  readonly host: string;
  readonly syslogHost: string;
  readonly ports: StartPorts;
  /** Address in links and redirects, for those who sit behind a proxy. */
  readonly url: string | undefined;
  readonly sample: boolean;
  readonly sampleRate: number;
  /** Undefined: what the environment says. */
  readonly segmentSeconds: number | undefined;
}

/** With --sample segments close every minute, so that a newcomer sees sealing. */
const SAMPLE_SEGMENT_SECONDS = 60;

/** Option of each port, as named in messages about a taken one. */
export const PORT_OPTIONS: Readonly<Record<keyof StartPorts, string>> = {
  web: '--port',
  syslog: '--syslog-port',
  syslogTls: '--syslog-tls-port',
  relp: '--relp-port',
  beats: '--beats-port',
  metrics: '--metrics-port',
  postgres: '--postgres-port',
};

const OPTIONS = {
  data: { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  'syslog-host': { type: 'string', default: '0.0.0.0' },
  url: { type: 'string' },
  port: { type: 'string' },
  'syslog-port': { type: 'string' },
  'syslog-tls-port': { type: 'string' },
  'relp-port': { type: 'string' },
  'beats-port': { type: 'string' },
  'metrics-port': { type: 'string' },
  'postgres-port': { type: 'string' },
  'port-base': { type: 'string', default: '0' },
  sample: { type: 'boolean', default: false },
  'sample-rate': { type: 'string', default: '20' },
  'segment-seconds': { type: 'string' },
} as const;

function integer(option: string, text: string, least: number, most: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`${option} must be a whole number from ${least} to ${most}, not ${JSON.stringify(text)}`);
}

function webUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text.replace(/\/+$/, '');
  throw new UsageError(`--url must be an http or https address, not ${JSON.stringify(text)}`);
}

export function parseStartOptions(args: string[]): StartOptions {
  const { values } = parseOptions({ args, options: OPTIONS, strict: true, allowPositionals: false });
  const base = integer('--port-base', values['port-base'], 0, 55_000);
  const port = (name: keyof StartPorts): number => {
    const option = PORT_OPTIONS[name];
    const given = values[option.slice(2) as keyof typeof values];
    const own = typeof given === 'string' ? integer(option, given, 1, 65_535) : DEFAULT_PORTS[name];
    const sum = own + base;
    if (sum > 65_535) throw new UsageError(`${option} ${own} and --port-base ${base} together exceed 65535`);
    return sum;
  };
  const given = values['segment-seconds'];
  const segmentSeconds = given === undefined ? undefined : integer('--segment-seconds', given, 1, 86_400);
  return {
    data: values.data,
    host: values.host,
    syslogHost: values['syslog-host'],
    url: values.url === undefined ? undefined : webUrl(values.url),
    ports: {
      web: port('web'),
      syslog: port('syslog'),
      syslogTls: port('syslogTls'),
      relp: port('relp'),
      beats: port('beats'),
      metrics: port('metrics'),
      postgres: port('postgres'),
    },
    sample: values.sample,
    segmentSeconds: segmentSeconds ?? (values.sample ? SAMPLE_SEGMENT_SECONDS : undefined),
    sampleRate: integer('--sample-rate', values['sample-rate'], 1, 100_000),
  };
}

/** The address a person types: `--url`, else the host, where "every address" is reached as localhost. */
export function publicUrl(options: StartOptions): string {
  if (options.url !== undefined) return options.url;
  const host = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(options.host) ? 'localhost' : options.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${options.ports.web}`;
}
