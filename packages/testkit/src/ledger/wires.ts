/** How a ledger sender speaks on one connection. */
export interface LedgerWire {
  /** Said first. */
  readonly hello?: Buffer;
  encode(lines: readonly string[]): Buffer;
  /** Set where the receiver answers: how many records more this piece of its answers acknowledges. */
  heard?(chunk: Buffer): number;
}

export const LEDGER_PROTOCOLS = ['tcp-lines', 'tcp-octets', 'tls', 'relp', 'beats'] as const;
export type LedgerProtocol = (typeof LEDGER_PROTOCOLS)[number];

/** A new connection's wire. */
export function wireOf(protocol: LedgerProtocol): LedgerWire {
  switch (protocol) {
    case 'tcp-lines':
      return { encode: (lines) => Buffer.from(lines.map((line) => `${line}\n`).join('')) };
    case 'tls':
    case 'tcp-octets':
      return { encode: (lines) => Buffer.from(lines.map((line) => `${Buffer.byteLength(line)} ${line}`).join('')) };
    case 'relp':
      return relpWire();
    case 'beats':
      return beatsWire();
  }
}

const OFFERS = 'relp_version=0\nrelp_software=ledger\ncommands=syslog';

/** https://www.rsyslog.com/doc/relp.html: a transaction a record, each answered by `rsp`. */
function relpWire(): LedgerWire {
  let transaction = 1;
  let rest = '';
  return {
    hello: Buffer.from(`1 open ${OFFERS.length} ${OFFERS}\n`),
    encode: (lines) =>
      Buffer.from(lines.map((line) => `${++transaction} syslog ${Buffer.byteLength(line)} ${line}\n`).join('')),
    heard(chunk) {
      const answers = `${rest}${chunk.toString('latin1')}`.split('\n');
      rest = answers.pop() ?? '';
      return answers.filter((answer) => /^\d+ rsp 6 200 OK$/.test(answer)).length;
    },
  };
}

const ANSWER_BYTES = 6;

/** Lumberjack v2: each call of `encode` is a window of JSON events, whose answers name the newest event of it. */
function beatsWire(): LedgerWire {
  const windows: number[] = [];
  let answered = 0;
  let rest: Buffer = Buffer.alloc(0);

  function event(line: string, sequence: number): Buffer {
    const json = Buffer.from(JSON.stringify({ message: line }));
    const head = Buffer.from('2J\0\0\0\0\0\0\0\0', 'latin1');
    head.writeUInt32BE(sequence, 2);
    head.writeUInt32BE(json.length, 6);
    return Buffer.concat([head, json]);
  }
  function take(sequence: number): number {
    const fresh = sequence - answered;
    answered = sequence;
    if (sequence === windows[0]) {
      windows.shift();
      answered = 0;
    }
    return fresh;
  }
  return {
    encode(lines) {
      windows.push(lines.length);
      const head = Buffer.from('2W\0\0\0\0', 'latin1');
      head.writeUInt32BE(lines.length, 2);
      return Buffer.concat([head, ...lines.map((line, index) => event(line, index + 1))]);
    },
    heard(chunk) {
      rest = Buffer.concat([rest, chunk]);
      let fresh = 0;
      while (rest.length >= ANSWER_BYTES) {
        fresh += take(rest.readUInt32BE(2));
        rest = rest.subarray(ANSWER_BYTES);
      }
      return fresh;
    },
  };
}
