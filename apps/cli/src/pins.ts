import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type DataLayout, dataLayout } from '@logmaster/core/config/data-layout';
import { UsageError } from './exit.ts';

/** What a verification is pinned to: trust anchors of time-stamps as PEM, signers as SHA-256 fingerprints. */
export interface Pins {
  readonly tsaAnchors: readonly string[];
  readonly pinnedSigners: readonly string[];
  /** Where they came from, for the person. */
  readonly origin: readonly string[];
}

export interface PinOptions {
  readonly tsaCa: string | undefined;
  readonly signer: string | undefined;
  readonly data: string | undefined;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Lower-case hex SHA-256 of a PEM certificate's DER. */
export function fingerprintOf(pem: string): string {
  return new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
}

const FINGERPRINT = /^(?:[0-9a-f]{2}:?){31}[0-9a-f]{2}$/i;

async function readSigner(given: string): Promise<string> {
  if (FINGERPRINT.test(given)) return given.replaceAll(':', '').toLowerCase();
  const pem = await readFile(given, 'utf8');
  try {
    return fingerprintOf(pem);
  } catch {
    throw new UsageError(`--signer ${given} is neither a SHA-256 fingerprint nor a certificate in PEM`);
  }
}

/** The nearest folder above `target` that has `certificates/` as a data folder has. */
async function enclosingData(target: string): Promise<DataLayout | undefined> {
  let folder = path.resolve(target);
  for (;;) {
    const layout = dataLayout(folder);
    if ((await readIfThere(layout.tsaCa)) !== undefined || (await readIfThere(layout.signer)) !== undefined)
      return layout;
    const parent = path.dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}

/**
 * Options decide; what they leave open comes from the data folder that `target` lies in (or `--data`). That is a
 * convenience for those who trust the machine: a stranger names the anchors that were handed over another way.
 */
export async function choosePins(target: string, options: PinOptions): Promise<Pins> {
  const layout = options.data === undefined ? await enclosingData(target) : dataLayout(options.data);
  const origin: string[] = [];
  const tsaFile = options.tsaCa ?? layout?.tsaCa;
  const anchor =
    options.tsaCa === undefined ? tsaFile && (await readIfThere(tsaFile)) : await readFile(options.tsaCa, 'utf8');
  if (anchor) origin.push(`time-stamps: ${tsaFile}`);
  const ownSigner = layout && (await readIfThere(layout.signer));
  const signer =
    options.signer === undefined ? ownSigner && fingerprintOf(ownSigner) : await readSigner(options.signer);
  if (signer) origin.push(`signer: ${signer}`);
  return { tsaAnchors: anchor ? [anchor] : [], pinnedSigners: signer ? [signer] : [], origin };
}
