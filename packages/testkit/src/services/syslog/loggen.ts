import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Keeper } from '../../keeper/keeper.ts';
import { runProgram } from '../process/run-program.ts';
import type { Address } from '../process/service.ts';
import { ServiceError } from '../process/service-error.ts';
import { syslogNgEnvironment, syslogNgProgram } from './syslog-ng-program.ts';

export interface LoggenOptions {
  readonly target: Address;
  /** `octets`: RFC 5424 records with octet counting; otherwise RFC 3164 lines or datagrams. */
  readonly transport: 'udp' | 'tcp' | 'tcp-octets' | 'tls';
  /** Default 1. */
  readonly connections?: number;
  /** Per connection and second; it is overshot by some percent. Default: as fast as it can. */
  readonly rate?: number;
  /** Bytes of a record, at least 140. */
  readonly size?: number;
  /** It ends after so many records of each connection, or after so many seconds. */
  readonly until: { readonly records: number } | { readonly seconds: number };
}

export interface LoggenResult {
  /** What it says it sent, over all connections. The only number to compare with. */
  readonly count: number;
  readonly seconds: number;
}

/** More than it can. */
const UNLIMITED = 10_000_000;

let runs = 0;

/** Runs syslog-ng's load generator to its end. */
export async function loggen(keeper: Keeper, options: LoggenOptions): Promise<LoggenResult> {
  const { target, transport, connections = 1, rate = UNLIMITED, size = 420 } = options;
  const name = `loggen-${++runs}`;
  const folder = await keeper.makeFolder(name);
  const args = [
    // The first of each kind turns on one of its plug-ins, and it takes one only.
    ...(transport === 'tls' ? ['--use-ssl'] : ['--inet', transport === 'udp' ? '--dgram' : '--stream']),
    ...(transport === 'tcp-octets' ? ['--syslog-proto'] : []),
    ...['--size', `${size}`, '--rate', `${rate}`, '--active-connections', `${connections}`, '--quiet'],
    ...('records' in options.until
      ? ['--number', `${options.until.records}`, '--permanent']
      : ['--interval', `${options.until.seconds}`]),
    ...[target.host, `${target.port}`],
  ];
  const command = syslogNgProgram('loggen');
  await runProgram(keeper, { service: name, command, args, env: syslogNgEnvironment(), folder });
  const said = await readFile(path.join(folder, 'loggen.log'), 'utf8');
  // It ends with 0 also when nobody took its connection.
  const [, count, seconds] = /average rate = .*, count=(\d+), time=([\d.]+)/.exec(said) ?? [];
  if (count === undefined) throw new ServiceError(name, 'it sent nothing', { logs: said });
  return { count: Number(count), seconds: Number(seconds) };
}
