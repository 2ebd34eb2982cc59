import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

/** A new RSA key pair. Made on the thread pool: 3072 bits take up to seconds. */
export function generateRsaKeys(bits: number) {
  return generate('rsa', { modulusLength: bits });
}
