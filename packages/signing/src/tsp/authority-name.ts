import type { Certificate } from '../x509/certificate.ts';

/** Common name of the local TSA's certificate: says wherever it is shown what it is worth. */
export const LOCAL_TSA_NAME = 'LogMaster local TSA - not a legal time-stamp';

/** The authority of a stamp as people read it: the common name, else the whole subject on one line. */
export function authorityName(signer: Certificate): string {
  const subject = signer.x509.subject.replaceAll('\n', ', ');
  return /(?:^|, )CN=([^,]+)/.exec(subject)?.[1] ?? subject;
}

/** True for stamps of a local TSA, as far as its name can tell. */
export function isLocalTsa(signer: Certificate): boolean {
  return signer.x509.subject.includes(LOCAL_TSA_NAME);
}
