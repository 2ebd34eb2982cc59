import { createTransport, type SendMailOptions } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { ServiceError } from '../process/service-error.ts';
import { createSmtpSink, type SmtpSinkService } from './smtp-sink.ts';

let keeper: Keeper;
let sink: SmtpSinkService;
beforeAll(async () => {
  keeper = await openKeeper('test-smtp');
  sink = await createSmtpSink(keeper);
  await sink.start();
});
afterAll(async () => {
  await sink.stop();
  await keeper.close();
});

const MAIL = { from: 'logs@example.org', to: ['ops@example.org', 'boss@example.org'], subject: 'Disk doluyor: %90' };

/** Sends as a program would that trusts the sink's authority and has the account of its URL. */
async function send(to: SmtpSinkService, mail: SendMailOptions = MAIL, more: SMTPTransport.Options = {}) {
  const { protocol, username, password } = new URL(to.url);
  const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  const transport = createTransport({
    ...to.address,
    secure: protocol === 'smtps:',
    tls: { ca: to.ca },
    ...(username === '' ? {} : { auth }),
    ...more,
  });
  try {
    return await transport.sendMail(mail);
  } finally {
    transport.close();
  }
}

const refused = (sent: Promise<unknown>) =>
  sent.then(
    () => 'sent',
    (e: { responseCode?: number }) => e.responseCode,
  );

test('a mail is shown as it was sent: envelope, encryption, headers, texts, attachment', async () => {
  const attachment = { filename: 'günlük.csv', content: 'a;b\r\nç;ş\r\n' };
  await send(sink, { ...MAIL, text: 'Merhaba dünya', html: '<p>Merhaba</p>', attachments: [attachment] });
  const [got] = await sink.untilReceived(1);
  expect(got).toMatchObject({ from: MAIL.from, to: MAIL.to, user: undefined, encrypted: true });
  expect(got?.mail).toMatchObject({ subject: MAIL.subject, text: expect.stringMatching(/^Merhaba dünya/) });
  expect(got?.mail.html).toMatch(/<p>Merhaba<\/p>/);
  expect(got?.mail.attachments[0]).toMatchObject({ filename: 'günlük.csv' });
  expect(got?.mail.attachments[0]?.content.toString()).toBe(attachment.content);
  expect(got?.raw.toString()).toMatch(/^From: logs@example\.org\r\n/);

  sink.clear();
  const waiting = sink.untilReceived(3);
  for (const subject of ['bir', 'iki', 'üç']) await send(sink, { ...MAIL, subject });
  expect((await waiting).map(({ mail }) => mail.subject)).toEqual(['bir', 'iki', 'üç']);
  const late = await sink.untilReceived(4, 50).catch((error: unknown) => error);
  expect(late).toBeInstanceOf(ServiceError);
  expect(String(late)).toMatch(/3 of 4 mails came in time: "bir", "iki", "üç"\n[\s\S]*took \d+ bytes from logs@/);
});

test('AUTH: only the user may send, and only after TLS', async () => {
  const strict = await createSmtpSink(keeper, {
    user: { name: 'logs', password: 'gizli:şifre' },
    encryption: 'required',
  });
  await strict.start();
  await send(strict);
  expect(strict.received()[0]).toMatchObject({ user: 'logs', encrypted: true });
  expect(await refused(send(strict, MAIL, { auth: undefined }))).toBe(530);
  expect(await refused(send(strict, MAIL, { auth: { user: 'logs', pass: 'wrong' } }))).toBe(535);
  expect(await refused(send(strict, MAIL, { ignoreTLS: true }))).toBe(538);
  const trustless = send(strict, MAIL, { tls: { ca: sink.ca } });
  await expect(trustless).rejects.toThrow(/unable to verify/);
  expect(strict.received()).toHaveLength(1);
  await strict.stop();
});

test.each([
  ['TLS from the first byte', 'implicit', true],
  ['no encryption', 'off', false],
] as const)('%s', async (_, encryption, encrypted) => {
  const other = await createSmtpSink(keeper, { encryption, user: { name: 'u', password: 'p' } });
  await other.start();
  await other.ready();
  await send(other);
  expect(other.received()[0]).toMatchObject({ user: 'u', encrypted });
  await other.stop();
});

test('refusals: unknown recipients, busy once, too long', async () => {
  sink.clear();
  sink.fault({ kind: 'refuses' });
  expect(await refused(send(sink))).toBe(550);
  expect(await refused(send(sink))).toBe(550);
  sink.fault({ kind: 'refuses', times: 1 });
  expect(await send(sink)).toMatchObject({ rejected: ['ops@example.org'], accepted: ['boss@example.org'] });
  sink.fault({ kind: 'busy', times: 1 });
  expect(await refused(send(sink))).toBe(451);
  expect(await refused(send(sink))).toBe('sent');
  expect(sink.received()).toHaveLength(2);

  const small = await createSmtpSink(keeper, { maxBytes: 2000 });
  await small.start();
  expect(await refused(send(small, { ...MAIL, text: 'x'.repeat(5000) }))).toBe(552);
  expect(await refused(send(small))).toBe('sent');
  expect(small.received()).toHaveLength(1);
  await small.stop();
});

test('slow, hung, killed: the sender’s time-outs and reconnects are real', async () => {
  sink.clear();
  const impatient = { greetingTimeout: 200 };
  sink.fault({ kind: 'slow', ms: 20 });
  await send(sink);
  sink.fault({ kind: 'slow', ms: 2000 });
  await expect(send(sink, MAIL, impatient)).rejects.toThrow(/Greeting never received/);
  sink.fault(undefined);

  await sink.hang();
  await expect(send(sink, MAIL, impatient)).rejects.toThrow(/Greeting never received/);
  const patient = send(sink);
  await sink.resume();
  await patient;
  expect(sink.received()).toHaveLength(2);

  await sink.hang();
  const cut = send(sink, MAIL);
  cut.catch(() => undefined);
  await sink.kill();
  await expect(cut).rejects.toThrow(/ECONNRESET|ECONNREFUSED|closed/);
  expect(sink.running()).toBe(false);
  await expect(sink.ready()).rejects.toThrow(/does not run/);
  await expect(send(sink)).rejects.toThrow(/ECONNREFUSED/);
  await sink.start();
  await sink.ready();
  await send(sink);
  expect(sink.received()).toHaveLength(3);

  const taken = await createSmtpSink(keeper, { name: 'taken', port: sink.address.port });
  await expect(taken.start()).rejects.toThrow(/taken: port \d+ on 127\.0\.0\.1 is used by another program/);
});
