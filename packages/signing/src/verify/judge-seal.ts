import { verify } from 'node:crypto';
import { DerError } from '../der/reader.ts';
import { sha256Hex } from '../manifest-codec.ts';
import { encodeSeal, parseSeal } from '../seal-text.ts';
import type { Certificate } from '../x509/certificate.ts';
import { certificateFromPem, pemEncode } from '../x509/pem.ts';

/**
 * Decides which file of a sealed folder is at fault. A hash stored beside the data proves nothing alone, so the order
 * of trust is: the signature over the manifest, then what the signed manifest says about the data files, and only
 * where the signature fails the seal, to tell which of manifest, signature and certificate was changed.
 */

export interface Fault {
  readonly file: string;
  readonly kind: string;
  readonly message: string;
}

export interface SealedFiles<M> {
  readonly manifestName: string;
  readonly signatureName: string;
  /** Name → content; undefined for a file that is missing or can't be read (reported by the caller as `absent`). */
  readonly manifest: Buffer | undefined;
  readonly signature: Buffer | undefined;
  readonly signer: Buffer | undefined;
  readonly seal: Buffer | undefined;
  /** Data files in the seal's order: name → hex SHA-256 as it really is; undefined when missing. */
  readonly data: ReadonlyMap<string, string | undefined>;
  /** Throws when the bytes are no such manifest. */
  readonly parse: (manifest: Buffer) => M;
  /** Fingerprint of the signer, and hex SHA-256 of each data file, as the manifest says; null: no such file. */
  readonly describe: (manifest: M) => { signer: string; data: ReadonlyMap<string, string | null> };
}

export interface Judgement<M> {
  readonly faults: readonly Fault[];
  /** Only when its signature holds and its content is as the format says. */
  readonly manifest: M | undefined;
  readonly certificate: Certificate | undefined;
}

const SIGNER = 'signer.pem';
const SEAL = 'seal.sha256';
const RSA_BITS = 3072;

/** Never throws: what is wrong is in `faults`, one for each file. */
export function judgeSeal<M>(files: SealedFiles<M>): Judgement<M> {
  const { manifestName, signatureName } = files;
  const faults = new Map<string, Fault>();
  const blame = (file: string, kind: string, message: string) => {
    if (!faults.has(file)) faults.set(file, { file, kind, message });
  };
  const small: readonly (readonly [string, Buffer | undefined])[] = [
    [manifestName, files.manifest],
    [signatureName, files.signature],
    [SIGNER, files.signer],
  ];
  for (const [name, bytes] of [...small, [SEAL, files.seal] as const]) {
    if (!bytes) blame(name, 'missing-file', `${name} is missing`);
  }

  const certificate = files.signer && readSigner(files.signer, blame);
  const sealed = files.seal && parseSeal(files.seal);
  const signed = verifySignature(files, certificate);
  if (signed === false) {
    const changed = small.filter(
      ([name, bytes]) => bytes && sealed?.has(name) && sealed.get(name) !== sha256Hex(bytes),
    );
    for (const [name] of changed) blame(name, 'altered', `${name} is not the file that was sealed`);
    if (faults.size === 0)
      blame(manifestName, 'bad-signature', `${signatureName} is not a signature of ${manifestName}`);
  }

  const manifest = signed ? parseSigned(files, blame) : undefined;
  const described = manifest && files.describe(manifest);
  if (described && certificate && described.signer !== certificate.fingerprint) {
    blame(SIGNER, 'altered', `${SIGNER} is not the certificate that ${manifestName} names`);
  }
  judgeData(files, described?.data, sealed, blame);
  judgeSealText(files, small, sealed, faults, blame);
  return { faults: [...faults.values()], manifest, certificate };
}

type Blame = (file: string, kind: string, message: string) => void;

function readSigner(pem: Buffer, blame: Blame): Certificate | undefined {
  try {
    const certificate = certificateFromPem(pem);
    if (pemEncode('CERTIFICATE', certificate.der) !== pem.toString('latin1')) {
      blame(SIGNER, 'altered', `${SIGNER} is not written in its one exact form`);
    }
    return certificate;
  } catch (thrown) {
    if (!(thrown instanceof DerError)) throw thrown;
    blame(SIGNER, 'altered', `${SIGNER} is not a certificate: ${thrown.message}`);
    return undefined;
  }
}

/** Undefined when a part is missing, so that nothing can be said. */
function verifySignature<M>({ manifest, signature }: SealedFiles<M>, certificate: Certificate | undefined) {
  if (!manifest || !signature || !certificate) return undefined;
  const key = certificate.x509.publicKey;
  if (key.asymmetricKeyType !== 'rsa' || key.asymmetricKeyDetails?.modulusLength !== RSA_BITS) return false;
  return verify('sha256', manifest, key, signature);
}

function parseSigned<M>(files: SealedFiles<M>, blame: Blame): M | undefined {
  try {
    return files.parse(files.manifest as Buffer);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.replace(/\s+/g, ' ').slice(0, 200) : 'unknown';
    blame(files.manifestName, 'malformed', `${files.manifestName} is not as the format says: ${reason}`);
    return undefined;
  }
}

function judgeData<M>(
  files: SealedFiles<M>,
  described: ReadonlyMap<string, string | null> | undefined,
  sealed: ReadonlyMap<string, string> | undefined,
  blame: Blame,
): void {
  for (const [name, actual] of files.data) {
    const expected = described ? described.get(name) : sealed?.get(name);
    if (actual === undefined) {
      if (expected || (!described && !sealed)) blame(name, 'missing-file', `${name} is missing`);
    } else if (expected === null) {
      blame(name, 'unexpected-file', `${name} is there, but ${files.manifestName} says that there is none`);
    } else if (expected !== undefined && expected !== actual) {
      const by = described ? files.manifestName : SEAL;
      blame(name, 'altered', `${name} has another SHA-256 than ${by} says`);
    }
  }
}

/** seal.sha256 must be exactly the text over the files as they are, except where another file is at fault. */
function judgeSealText<M>(
  files: SealedFiles<M>,
  small: readonly (readonly [string, Buffer | undefined])[],
  sealed: ReadonlyMap<string, string> | undefined,
  faults: ReadonlyMap<string, Fault>,
  blame: Blame,
): void {
  if (!files.seal) return;
  const actual = new Map<string, string | undefined>();
  for (const [name, bytes] of small) actual.set(name, bytes && sha256Hex(bytes));
  for (const [name, sha256] of files.data) actual.set(name, sha256);
  // A blamed file stands in the seal with the hash it should have; what it should be can't be known better here.
  const expected = [...actual].flatMap(([name, sha256]): [string, string][] => {
    const digest = faults.has(name) ? (sealed?.get(name) ?? sha256) : sha256;
    return digest === undefined ? [] : [[name, digest]];
  });
  if (!encodeSeal(expected).equals(files.seal)) blame(SEAL, 'altered', `${SEAL} is not the seal of these files`);
}
