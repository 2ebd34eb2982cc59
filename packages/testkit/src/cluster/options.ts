import { parseArgs } from 'node:util';

const FAULTS = ['kill', 'hang', 'resume'] as const;
export type ClusterFault = (typeof FAULTS)[number];

const COMMANDS = ['up', 'down', 'status', 'logs', ...FAULTS, 'url', 'env', 'test'] as const;
export type ClusterCommand = (typeof COMMANDS)[number];

export interface ClusterOptions {
  /** 1: one node does everything. 2 to 4: one master-eligible node, hot nodes, and with 4 a warm one. */
  readonly elasticsearchNodes: number;
  /** Added to every port, so that several clusters run side by side. */
  readonly portBase: number;
  /** Replays sample traffic through the load balancer's syslog port. */
  readonly sample: boolean;
  /** Seconds a segment stays open. */
  readonly segmentSeconds: number;
}

export interface ClusterCall {
  readonly command: ClusterCommand;
  /** For `logs` and the faults: the part. */
  readonly part: string | undefined;
  readonly json: boolean;
  readonly options: ClusterOptions;
}

export const HELP = `npm run cluster -- COMMAND [options]

LogMaster on its production servers, on loopback and without containers: Nginx, two web nodes, one ingest node,
PostgreSQL with two replicas, Redis with Sentinels, Elasticsearch, OpenLDAP, an SMTP server, a time-stamp authority.
A rehearsal: "down" removes all of it with its data.

  up            installs what is missing, starts everything, and prints the address and the first admin's password;
                starts again what has ended when the cluster is up already
  status        health of each part, with the reason when it is not well
  logs NAME     last lines of a part
  kill NAME     SIGKILL to all of a part, to see what goes on without it; up starts it again
  hang NAME     stops a part where it is (SIGSTOP): it neither answers nor refuses
  resume NAME   ends hang
  url           address for the browser
  env           variables that let the logmaster command work on this cluster: eval "$(npm run -s cluster -- env)"
  test          the browser test of the main job and the failures of single parts, on a cluster of its own
  down          stops everything and leaves nothing behind

  --elasticsearch N    nodes of Elasticsearch, 1 to 4 (default 1; 4 has a master, two hot and a warm node)
  --port-base N        adds N to every port (default 0)
  --sample             sample traffic of four devices
  --segment-seconds N  how long a segment stays open (default 60)
  --json               machine output of status

Exit codes: 0 done, 1 a part is not well, 2 wrong use, 3 something could not be started or reached.
`;

export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

const OPTIONS = {
  elasticsearch: { type: 'string', default: '1' },
  'port-base': { type: 'string', default: '0' },
  sample: { type: 'boolean', default: false },
  'segment-seconds': { type: 'string', default: '60' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function whole(name: string, text: string, from: number, to: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  throw new WrongUse(`--${name} takes a whole number from ${from} to ${to}, not ${JSON.stringify(text)}`);
}

export function isFault(command: string): command is ClusterFault {
  return FAULTS.some((fault) => fault === command);
}

/** Undefined when only help is asked for. Throws WrongUse. */
export function parseCall(args: readonly string[]): ClusterCall | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const [word, part, ...more] = positionals;
  const command = COMMANDS.find((name) => name === word);
  if (command === undefined) {
    throw new WrongUse(
      `${word === undefined ? 'A command is missing' : `There is no command ${JSON.stringify(word)}`}: ${COMMANDS.join(', ')}`,
    );
  }
  const takesPart = command === 'logs' || isFault(command);
  if (more.length > 0 || (part !== undefined) !== takesPart) {
    throw new WrongUse(
      takesPart ? `${command} takes the name of one part; status lists them` : `${command} takes no argument`,
    );
  }
  return {
    command,
    part,
    json: values.json,
    options: {
      elasticsearchNodes: whole('elasticsearch', values.elasticsearch, 1, 4),
      portBase: whole('port-base', values['port-base'], 0, 30_000),
      sample: values.sample,
      segmentSeconds: whole('segment-seconds', values['segment-seconds'], 1, 86_400),
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    throw new WrongUse(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
