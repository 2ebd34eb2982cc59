import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { createSmtpSinkProgram, type SmtpSinkProgram } from './smtp-sink-program.ts';

let keeper: Keeper;
let sink: SmtpSinkProgram;
beforeAll(async () => {
  keeper = await openKeeper('test-smtp-program');
  sink = await createSmtpSinkProgram(keeper, { name: 'mail', maxBytes: 5000 });
  await sink.start();
});
afterAll(() => keeper.close());

async function send(subject: string, text = 'metin'): Promise<void> {
  const transport = createTransport({ ...sink.address, tls: { ca: sink.ca } });
  await transport.sendMail({ from: 'logs@example.org', to: ['a@example.org', 'b@example.org'], subject, text });
  transport.close();
}

test('mails are files in a folder and a list over HTTP, also after it was killed', async () => {
  await send('Birinci uyarı');
  await send('ikinci');
  await expect(send('too long', 'x'.repeat(9000))).rejects.toMatchObject({ responseCode: 552 });
  await sink.kill();
  await expect(send('nobody there')).rejects.toThrow(/ECONNREFUSED/);
  await sink.start();
  await send('üçüncü');

  const listed = await sink.messages();
  expect(listed.map(({ subject }) => subject)).toEqual(['Birinci uyarı', 'ikinci', 'üçüncü']);
  expect(listed[0]).toMatchObject({
    from: 'logs@example.org',
    to: ['a@example.org', 'b@example.org'],
    text: 'metin\n',
  });
  const mails = path.join(keeper.folder, 'mail', 'mails');
  const files = (await readdir(mails)).toSorted();
  expect(files).toEqual(listed.map(({ file }) => file));
  const raw = await (await fetch(`${sink.messagesUrl}/${files[2]}`)).text();
  expect(raw).toBe(await readFile(path.join(mails, files[2] as string), 'utf8'));
  expect(raw).toMatch(/^Return-Path: <logs@example\.org>\r\nDelivered-To: a@example\.org\r\n[\s\S]*\r\n\r\nmetin\r\n$/);
});

test('what is not a mail is not served', async () => {
  for (const url of ['/messages/../settings.json', '/messages/%2e%2e%2fsettings.json', '/messages/x.eml', '/']) {
    const response = await fetch(new URL(url, sink.messagesUrl));
    expect(response.status).toBe(404);
  }
});

test('it hangs and goes on; a port that is taken is told', async () => {
  await sink.hang();
  const sent = send('later');
  await sink.resume();
  await sent;
  expect((await sink.messages()).at(-1)?.subject).toBe('later');
  const httpPort = Number(new URL(sink.messagesUrl).port);
  const second = await createSmtpSinkProgram(keeper, { name: 'second', httpPort });
  await expect(second.start()).rejects.toThrow(/second: port \d+ on 127\.0\.0\.1 is used by another program/);
  await sink.stop();
  expect(await sink.logs()).toMatch(/took \d+ bytes from logs@example\.org for a@example\.org, b@example\.org/);
});
