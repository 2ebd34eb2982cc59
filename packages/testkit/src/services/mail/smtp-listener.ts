// The SMTP side of the mail sink, wherever it runs: smtp-server with our rules in it.
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { SMTPServer } from 'smtp-server';

/** What a client is told when it is refused. RFC 5321 § 4.2: 4xx come again, 5xx never. */
export class SmtpRefusal extends Error {
  override readonly name = 'SmtpRefusal';
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

/** Off: STARTTLS is not offered. Required: nothing is taken before it. Implicit: TLS from the first byte (RFC 8314). */
export type SmtpEncryption = 'off' | 'offered' | 'required' | 'implicit';

export interface SmtpUser {
  readonly name: string;
  readonly password: string;
}

/** A mail as it came, with the envelope it came in. */
export interface Delivery {
  readonly from: string;
  readonly to: readonly string[];
  /** Who has authenticated. */
  readonly user: string | undefined;
  readonly encrypted: boolean;
  readonly raw: Buffer;
}

/** Where in its dialogue a client waits for an answer. */
export type SmtpStage = 'greeting' | 'auth' | 'sender' | 'recipient' | 'data';

export interface SmtpListenerOptions {
  readonly certificate: string;
  readonly key: string;
  readonly encryption: SmtpEncryption;
  /** Given: nobody else may send, and AUTH needs TLS unless that is off. Default: AUTH is not offered. */
  readonly user?: SmtpUser | undefined;
  /** Longer mails get 552; it is announced (SIZE, RFC 1870). */
  readonly maxBytes?: number | undefined;
  /** The mail is taken when it resolves. */
  readonly deliver: (delivery: Delivery) => Promise<void>;
  /** Awaited before each answer: the place for faults. May throw SmtpRefusal. */
  readonly before?: ((stage: SmtpStage) => Promise<void>) | undefined;
  readonly log: (line: string) => void;
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export interface SmtpListener {
  /** Resets every connection and leaves the port. */
  close(): Promise<void>;
}

/** Listens. Rejects when the port can't be had. */
export async function listenSmtp(host: string, port: number, options: SmtpListenerOptions): Promise<SmtpListener> {
  const { encryption, user, maxBytes, deliver, before, log } = options;

  /** Runs one stage and answers by the callback of smtp-server. */
  function answer(
    stage: SmtpStage,
    callback: (error?: Error | null) => void,
    rules?: () => void | Promise<void>,
  ): void {
    const work = async () => {
      await before?.(stage);
      await rules?.();
    };
    work().then(
      () => callback(),
      (error: Error) => {
        log(`${stage} refused: ${error.message}`);
        callback(error);
      },
    );
  }

  const server = new SMTPServer({
    cert: options.certificate,
    key: options.key,
    secure: encryption === 'implicit',
    disabledCommands: [...(encryption === 'off' ? ['STARTTLS'] : []), ...(user ? [] : ['AUTH'])],
    allowInsecureAuth: encryption === 'off',
    authOptional: !user,
    disableReverseLookup: true,
    // 0 would mean half a minute.
    closeTimeout: 1,
    ...(maxBytes === undefined ? {} : { size: maxBytes, rejectOversized: true }),
    onConnect(session, callback) {
      log(`connected from ${session.remoteAddress}:${session.remotePort}`);
      answer('greeting', callback);
    },
    onAuth({ username, password }, _session, callback) {
      answer(
        'auth',
        (error) => callback(error ?? null, { user: username }),
        () => {
          if (username !== user?.name || password !== user?.password)
            throw new SmtpRefusal(535, 'wrong user or password');
        },
      );
    },
    onMailFrom(_address, { secure }, callback) {
      answer('sender', callback, () => {
        if (encryption === 'required' && !secure) throw new SmtpRefusal(530, 'STARTTLS first');
      });
    },
    onRcptTo(_address, _session, callback) {
      answer('recipient', callback);
    },
    onData(stream, session, callback) {
      // Read before anything is answered: the client speaks first until its last dot.
      const whole = readAll(stream);
      answer('data', callback, async () => {
        const raw = await whole;
        if (stream.sizeExceeded) throw new SmtpRefusal(552, 'the mail is too long');
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom ? mailFrom.address : '';
        const to = rcptTo.map(({ address }) => address);
        const sender = typeof session.user === 'string' ? session.user : undefined;
        await deliver({ from, to, user: sender, encrypted: session.secure, raw });
        log(`took ${raw.length} bytes from ${from} for ${to.join(', ')}`);
      });
    },
  });
  // A client that hangs up, or does not trust our certificate, is the client's affair.
  server.on('error', (error) => log(error.message));
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await once(server.listen(port, host), 'listening');
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.resetAndDestroy();
      await closed;
    },
  };
}
