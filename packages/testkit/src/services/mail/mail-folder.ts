import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import type { Delivery } from './smtp-listener.ts';

/** A kept mail as `GET /messages` lists it. */
export interface MailSummary {
  /** Name of its .eml file; names sort as the mails came. */
  readonly file: string;
  /** Of the envelope. */
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** RFC 3339; of its Date header. */
  readonly date: string | undefined;
  readonly text: string;
  readonly html: string | undefined;
}

const ENDING = '.eml';
/** Of this process, so that two mails of one millisecond keep their order. */
let kept = 0;

/**
 * Keeps a mail as one file of the folder, with its envelope on top as a mailbox would have it: Return-Path (RFC 5321
 * § 4.4) and a Delivered-To for each recipient. The file appears whole.
 */
export async function keepMail(folder: string, { from, to, raw }: Delivery): Promise<string> {
  const trace = [`Return-Path: <${from}>`, ...to.map((recipient) => `Delivered-To: ${recipient}`), ''].join('\r\n');
  const number = `${++kept}`.padStart(6, '0');
  const file = `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${number}${ENDING}`;
  const unfinished = path.join(folder, `.${file}`);
  await writeFile(unfinished, Buffer.concat([Buffer.from(trace), raw]));
  await rename(unfinished, path.join(folder, file));
  return file;
}

/** Names of the kept mails, oldest first. */
export async function mailFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith(ENDING) && !name.startsWith('.')).toSorted();
}

export async function summariseMail(folder: string, file: string): Promise<MailSummary> {
  const mail = await simpleParser(await readFile(path.join(folder, file)));
  const valuesOf = (key: string) =>
    mail.headerLines.filter((line) => line.key === key).map(({ line }) => line.slice(line.indexOf(':') + 1).trim());
  return {
    file,
    from: valuesOf('return-path')[0]?.replace(/^<|>$/g, '') ?? '',
    to: valuesOf('delivered-to'),
    subject: mail.subject ?? '',
    date: mail.date?.toISOString(),
    text: mail.text ?? '',
    html: mail.html || undefined,
  };
}
