import { hash } from 'node:crypto';
import { SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { rfc3339ToMicros } from '@logmaster/core/time';
import { DerError } from '../der/reader.ts';
import { sha256Hex } from '../manifest-codec.ts';
import { authorityName, isLocalTsa } from '../tsp/authority-name.ts';
import { readToken, type Token, tokenFault } from '../tsp/token.ts';
import type { VerifyContext } from './context.ts';
import type { FolderFiles } from './folder-files.ts';

export interface TokenFound {
  /** Hex SHA-256 of seal.tsr. */
  readonly sha256: string;
  /** ms since 1970; undefined when the token is at fault. */
  readonly genTimeMs: number | undefined;
}

interface Sealed {
  readonly seal: Buffer | undefined;
  /** The seal itself was changed, so that another hash under the token is no news. */
  readonly sealFaulty: boolean;
  /** RFC 3339: end of the period that the sealed manifest speaks for. */
  readonly periodEnd: string | undefined;
}

/** The token of a sealed folder, a segment's or a packed day's. One that is missing is a notice: it may still come. */
export function checkFolderToken(
  context: VerifyContext,
  folder: string,
  files: FolderFiles,
  { token, ...sealed }: Sealed & { readonly token: Buffer | undefined },
): TokenFound | undefined {
  if (token) return checkToken({ context, file: files.path(SEAL_FILES.token), response: token, ...sealed, label: '' });
  context.notice('unstamped', folder, 'it has no time-stamp (yet)');
  return undefined;
}

/** Checks a stored token over a seal; `file` is what a finding names. */
export function checkToken(
  options: Sealed & {
    readonly context: VerifyContext;
    readonly file: string;
    readonly response: Buffer;
    readonly label: string;
  },
): TokenFound {
  const { context, file, label } = options;
  const found = { sha256: sha256Hex(options.response), genTimeMs: undefined };
  const refuse = (kind: string, message: string): TokenFound => {
    context.failure(kind, file, `${label}${message}`);
    return found;
  };
  let token: Token;
  try {
    token = readToken(options.response);
  } catch (thrown) {
    if (!(thrown instanceof DerError)) throw thrown;
    return refuse('bad-token', `the time-stamp is not valid: ${thrown.message}`);
  }
  if (!token.canonical.equals(options.response)) {
    return refuse('bad-token', 'the time-stamp is not in its one exact form: an unsigned part of it was changed');
  }
  const sealUnknown = options.sealFaulty || !options.seal;
  const digest = sealUnknown ? token.imprint : hash('sha256', options.seal as Buffer, 'buffer');
  const fault = tokenFault(token, { digest, anchors: context.anchors });
  if (fault) return refuse('bad-token', `the time-stamp does not hold: ${fault}`);
  const early = options.periodEnd && stampedBefore(token, options.periodEnd);
  if (early) return refuse('stamped-too-early', `the time-stamp says ${early}, before the period ended`);

  const name = authorityName(token.signer);
  const local = isLocalTsa(token.signer);
  context.countToken(name, local);
  if (!context.anchors)
    context.noticeOnce('tsa-not-pinned', context.root, `no trust anchor given for stamps of "${name}"`);
  if (local)
    context.noticeOnce('local-stamp', context.root, `stamps of "${name}" are for trying out: not a legal time-stamp`);
  else
    context.noticeOnce(
      'revocation-not-checked',
      context.root,
      `revocation of the certificates of "${name}" was not checked`,
    );
  return { sha256: found.sha256, genTimeMs: token.genTime.ms };
}

/** genTime as text when the latest moment that it can stand for lies before `end`. */
function stampedBefore(token: Token, end: string): string | undefined {
  // A genTime in whole seconds is cut, not rounded: the true moment lies within its resolution and accuracy.
  const latestMicros = (token.genTime.ms + token.genTime.resolutionMs) * 1000 + token.accuracyUs;
  return latestMicros < rfc3339ToMicros(end) ? new Date(token.genTime.ms).toISOString() : undefined;
}
