import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type ParsedMail, simpleParser } from 'mailparser';
import { freePorts } from '../../free-ports.ts';
import type { Keeper } from '../../keeper/keeper.ts';
import { type IssueOptions, makeCertificateAuthority } from '../certificates/certificates.ts';
import { checkPortFree } from '../process/port-check.ts';
import { LOOPBACK, type Placement, type Service } from '../process/service.ts';
import { ServiceError } from '../process/service-error.ts';
import { type SmtpFault, smtpFaults } from './smtp-faults.ts';
import { type Delivery, listenSmtp, type SmtpEncryption, type SmtpListener, type SmtpUser } from './smtp-listener.ts';

export interface ReceivedMail extends Delivery {
  readonly mail: ParsedMail;
}

export interface SmtpSinkOptions extends Placement {
  readonly name?: string;
  /** Default: STARTTLS is offered. */
  readonly encryption?: SmtpEncryption;
  /** Given: nobody else may send. */
  readonly user?: SmtpUser;
  readonly maxBytes?: number;
  readonly certificate?: IssueOptions;
}

export interface SmtpSinkService extends Service {
  /** `smtp://` or `smtps://`, with user and password when it has them. */
  readonly url: string;
  readonly ca: string;
  readonly caFile: string;
  /** Oldest first. They stay when it is stopped or killed. */
  received(): readonly ReceivedMail[];
  /** Resolves with all once there are so many; rejects with what came and its last lines after `ms`. */
  untilReceived(count: number, ms?: number): Promise<readonly ReceivedMail[]>;
  clear(): void;
  /** Undefined ends it. */
  fault(fault: SmtpFault | undefined): void;
}

const GREETING_MS = 5_000;
const RECEIVE_MS = 60_000;
const KEPT_LINES = 1000;
const TAIL_LINES = 12;

/** A real SMTP server in this process that takes every mail and shows it. Not started yet. */
export async function createSmtpSink(keeper: Keeper, options: SmtpSinkOptions = {}): Promise<SmtpSinkService> {
  const { host = LOOPBACK, encryption = 'offered', user, maxBytes } = options;
  const [port = 0] = options.port === undefined ? await freePorts(1) : [options.port];
  const name = options.name ?? `smtp-${port}`;
  const authority = await makeCertificateAuthority(keeper, `${name}-ca`);
  const issued = await authority.issue('smtp', { hosts: ['localhost', host], ...options.certificate });
  const address = { host, port };
  const faults = smtpFaults();
  const lines: string[] = [];
  let mails: readonly ReceivedMail[] = [];
  let arrived = Promise.withResolvers<void>();
  let listener: SmtpListener | undefined;

  const logs = async (count = TAIL_LINES) => lines.slice(-count).join('\n');
  function log(line: string): void {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
  }
  async function deliver(delivery: Delivery): Promise<void> {
    const mail = await simpleParser(delivery.raw);
    mails = [...mails, { ...delivery, mail }];
    arrived.resolve();
    arrived = Promise.withResolvers();
  }
  async function close(): Promise<void> {
    const closing = listener;
    listener = undefined;
    await closing?.close();
    faults.resume();
  }
  return {
    name,
    address,
    url: smtpUrl(encryption, user, address),
    ca: authority.pem,
    caFile: authority.file,
    logs,
    running: () => listener !== undefined,
    async start() {
      if (listener) return;
      await checkPortFree(name, host, port);
      const tls = { certificate: issued.certificate, key: issued.key };
      const { before } = faults;
      listener = await listenSmtp(host, port, { ...tls, encryption, user, maxBytes, deliver, before, log });
    },
    async ready() {
      if (!listener) throw new ServiceError(name, 'it does not run', { logs: await logs() });
      await greeting(address, encryption);
    },
    stop: close,
    kill: close,
    hang: async () => faults.hang(),
    resume: async () => faults.resume(),
    fault: faults.set,
    received: () => mails,
    async untilReceived(count, ms = RECEIVE_MS) {
      const late = delay(ms, 'late' as const, { ref: false });
      while (mails.length < count) {
        if ((await Promise.race([arrived.promise, late])) !== 'late') continue;
        const subjects = mails.map(({ mail }) => JSON.stringify(mail.subject ?? '')).join(', ') || 'none';
        const reason = `${mails.length} of ${count} mails came in time: ${subjects}`;
        throw new ServiceError(name, reason, { logs: await logs() });
      }
      return mails;
    },
    clear() {
      mails = [];
    },
  };
}

export function smtpUrl(
  encryption: SmtpEncryption,
  user: SmtpUser | undefined,
  { host, port }: Service['address'],
): string {
  const account = user ? `${encodeURIComponent(user.name)}:${encodeURIComponent(user.password)}@` : '';
  return `${encryption === 'implicit' ? 'smtps' : 'smtp'}://${account}${host}:${port}`;
}

/** Resolves when the server greets, which it does unasked; one that speaks TLS first is only connected to. */
export async function greeting({ host, port }: Service['address'], encryption: SmtpEncryption): Promise<void> {
  const signal = AbortSignal.timeout(GREETING_MS);
  const socket = connect(port, host).setEncoding('latin1');
  try {
    await once(socket, 'connect', { signal });
    if (encryption === 'implicit') return;
    const [said] = (await once(socket, 'data', { signal })) as [string];
    if (!said.startsWith('220 ')) throw new Error(`it greeted with ${said.trimEnd()}`);
  } finally {
    socket.destroy();
  }
}
