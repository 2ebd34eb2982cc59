import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MailSettings } from '@logmaster/core/config/mail-settings';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { createSmtpSink, type SmtpSinkOptions, type SmtpSinkService } from '@logmaster/testkit/services/smtp-sink';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkMail } from './check-mail.ts';

const LIMIT_MS = 10_000;
const USER = { name: 'logs@example.org', password: 'posta şifresi' };

let keeper: Keeper;
beforeAll(async () => {
  keeper = await openKeeper('test-mail');
});
afterAll(() => keeper.close());

async function withSink<T>(options: SmtpSinkOptions, use: (sink: SmtpSinkService) => Promise<T>): Promise<T> {
  const sink = await createSmtpSink(keeper, options);
  await sink.start();
  try {
    return await use(sink);
  } finally {
    await sink.stop();
  }
}

function settings(sink: SmtpSinkService, more: Partial<MailSettings> = {}): MailSettings {
  const auth = { user: USER.name, pass: USER.password };
  const address = { host: sink.address.host, port: sink.address.port };
  return { ...address, implicitTls: false, startTls: 'required', auth, ca: sink.ca, from: 'a@b.c', ...more };
}

test.each<[string, SmtpSinkOptions, Partial<MailSettings>]>([
  ['STARTTLS and a password', { encryption: 'required', user: USER }, {}],
  ['TLS from the start', { encryption: 'implicit', user: USER }, { implicitTls: true }],
  ['no password', {}, { auth: undefined }],
  ['no encryption', { encryption: 'off' }, { auth: undefined, startTls: 'off', ca: undefined }],
])('is well with %s', async (_, options, more) => {
  await withSink(options, async (sink) => {
    expect(await checkMail(settings(sink, more), LIMIT_MS)).toEqual({ state: 'ok' });
    expect(sink.received()).toEqual([]);
  });
});

test.each<[string, SmtpSinkOptions, Partial<MailSettings>, string]>([
  ['a wrong password', { user: USER }, { auth: { user: USER.name, pass: 'wrong' } }, 'MAIL_REFUSED'],
  ['a server without STARTTLS', { encryption: 'off' }, { auth: undefined }, 'MAIL_TLS'],
  ['an authority that is not trusted', { user: USER }, { ca: undefined }, 'MAIL_TLS'],
  ['a certificate of another host', { certificate: { hosts: ['elsewhere.example.org'] } }, {}, 'MAIL_TLS'],
  ['an expired certificate', { certificate: { notAfter: new Date(Date.now() - 1000) } }, {}, 'MAIL_TLS'],
  ['TLS where it begins without', { user: USER }, { implicitTls: true }, 'MAIL_TLS'],
])('%s is told', async (_, options, more, code) => {
  await withSink(options, async (sink) => {
    expect(await checkMail(settings(sink, more), LIMIT_MS)).toMatchObject({ state: 'down', code });
  });
});

test('a server that is gone, hangs or is no mail server is told in bounded time', async () => {
  await withSink({ user: USER }, async (sink) => {
    await sink.hang();
    expect(await checkMail(settings(sink), 200)).toMatchObject({ code: 'MAIL_AWAY' });
    await sink.resume();
    expect(await checkMail(settings(sink), LIMIT_MS)).toEqual({ state: 'ok' });
    await sink.stop();
    expect(await checkMail(settings(sink), LIMIT_MS)).toMatchObject({ code: 'MAIL_AWAY' });
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    // HTTP servers wait for the client to speak first, as SMTP clients do.
    expect(await checkMail(settings(sink, { port }), 200)).toMatchObject({ code: 'MAIL_AWAY' });
    server.on('connection', (socket) => socket.end('hello, this is no mail server\r\n'));
    expect(await checkMail(settings(sink, { port }), LIMIT_MS)).toMatchObject({ code: 'MAIL_OTHER_SERVER' });
    server.closeAllConnections();
    server.close();
  });
});
