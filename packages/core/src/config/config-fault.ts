import { readFileSync } from 'node:fs';
import { AppError } from '../errors.ts';

/** CONFIG_INVALID with a sentence that names the variables and says how to mend them. Never holds a value. */
export function configFault(sentence: string, cause?: unknown): AppError {
  return new AppError('CONFIG_INVALID', { detail: sentence, ...(cause === undefined ? {} : { cause }) });
}

/** Text of the PEM file that the variable `name` points to: one or more certificates. CONFIG_INVALID when it is none. */
export function readCertificates(name: string, file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw configFault(`${name}: the file can not be read (${(cause as NodeJS.ErrnoException).code})`, cause);
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw configFault(`${name}: the file holds no certificate in PEM form`);
}

/** A password may travel in the clear only inside the machine. `host` as in a URL: IPv6 in brackets. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
