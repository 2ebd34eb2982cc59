import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { TimestampAuthority } from './contracts.ts';
import { RSA_BITS } from './file-signer.ts';
import { openIdentity } from './identity-file.ts';
import { acceptResponse } from './tsp/accept.ts';
import { LOCAL_TSA_NAME } from './tsp/authority-name.ts';
import { encodeRequest } from './tsp/request.ts';
import { respond } from './tsp/respond.ts';
import { createCertificate, distinguishedName } from './x509/create.ts';
import { generateRsaKeys } from './x509/rsa-keys.ts';
import { validFor } from './x509/validity.ts';

const YEARS = 20;

/** The local TSA, which can also answer other clients' requests (RFC 3161), e.g. those of `openssl ts -query`. */
export interface LocalTsa extends TimestampAuthority {
  readonly legal: false;
  /** TimeStampResp to a TimeStampReq, both DER; a bad request gets status rejected, as the RFC wants. */
  respond(request: Uint8Array): Buffer;
}

/**
 * The time-stamp authority for trying out, in `<keys>/tsa.key`; its anchor is published as `tsaCa`. On the first start
 * makes a CA and, signed by it, the TSA's certificate, whose subject says that it is no legal time-stamp. The CA's
 * key is forgotten at once: it can't sign anything else. `paths` is a DataLayout. Throws CONFIG_INVALID.
 */
export async function openLocalTsa(
  paths: { readonly keys: string; readonly tsaCa: string },
  options: { readonly now?: (() => number) | undefined } = {},
): Promise<LocalTsa> {
  const { privateKey, certificates } = await openIdentity({
    file: path.join(paths.keys, 'tsa.key'),
    published: paths.tsaCa,
    publish: 'anchor',
    create: createTsa,
  });
  const now = options.now ?? Date.now;
  const answer = (request: Uint8Array) => respond(request, { privateKey, certificate: certificates[0], now });
  return {
    name: LOCAL_TSA_NAME,
    legal: false,
    respond: answer,
    stamp: async (digest) => {
      const nonce = BigInt(`0x${randomBytes(16).toString('hex')}`);
      return acceptResponse(answer(encodeRequest(digest, nonce)), { digest, nonce, anchors: certificates.slice(1) });
    },
  };
}

async function createTsa() {
  const [authority, tsa] = await Promise.all([generateRsaKeys(RSA_BITS), generateRsaKeys(RSA_BITS)]);
  const issuer = distinguishedName('LogMaster', 'LogMaster local TSA root - not a legal time-stamp');
  const shared = {
    issuer,
    issuerKey: authority.privateKey,
    issuerPublicKey: authority.publicKey,
    ...validFor(YEARS),
  };
  return {
    privateKey: tsa.privateKey,
    certificates: [
      createCertificate({
        ...shared,
        subject: distinguishedName('LogMaster', LOCAL_TSA_NAME),
        publicKey: tsa.publicKey,
        use: 'timeStamping',
      }),
      createCertificate({ ...shared, subject: issuer, publicKey: shared.issuerPublicKey, use: 'authority' }),
    ],
  };
}
