import path from 'node:path';
import type { Finding, VerificationReport, VerifyOptions } from '../contracts.ts';
import type { Certificate } from '../x509/certificate.ts';
import { certificatesFromBundle } from '../x509/pem.ts';

/** More findings than this are counted, not listed: a hostile folder can't fill the memory with them. */
const MAX_FINDINGS = 5_000;

/** One run of the verifier: its options, what it has counted and found so far. */
export class VerifyContext {
  readonly root: string;
  /** False: the records' bytes are checked by their signed hash alone, not read one by one. */
  readonly readsRecords: boolean;
  readonly anchors: readonly Certificate[] | undefined;
  readonly #options: VerifyOptions;
  readonly #findings: Finding[] = [];
  readonly #once = new Set<string>();
  readonly #authorities = new Map<string, { name: string; local: boolean; tokens: number }>();
  #unlisted = 0;
  #from: string | null = null;
  #to: string | null = null;
  chains = 0;
  segments = 0;
  days = 0;
  records = 0;
  bytes = 0;

  /** Throws DerError when an anchor is not a certificate. */
  constructor(root: string, options: VerifyOptions, readsRecords: boolean) {
    this.root = root;
    this.readsRecords = readsRecords;
    this.#options = options;
    const anchors = options.tsaAnchors.flatMap(certificatesFromBundle);
    this.anchors = options.tsaAnchors.length > 0 ? anchors : undefined;
  }

  /** Path relative to the verified one, `.` for itself. */
  relative(absolute: string): string {
    return path.relative(this.root, absolute) || '.';
  }

  failure(kind: string, absolute: string, message: string): void {
    this.#add({ kind, severity: 'failure', path: this.relative(absolute), message });
  }

  notice(kind: string, absolute: string, message: string): void {
    this.#add({ kind, severity: 'notice', path: this.relative(absolute), message });
  }

  /** A notice that is given only once for the same kind and message. */
  noticeOnce(kind: string, absolute: string, message: string): void {
    if (this.#once.has(kind + message)) return;
    this.#once.add(kind + message);
    this.notice(kind, absolute, message);
  }

  /** True once anything below this folder (or this file) has failed. */
  hasFailed(absolute: string): boolean {
    const relative = this.relative(absolute);
    return this.#findings.some(
      (f) => f.severity === 'failure' && (f.path === relative || relative === '.' || f.path.startsWith(`${relative}/`)),
    );
  }

  hasFailedWith(kind: string): boolean {
    return this.#findings.some((finding) => finding.severity === 'failure' && finding.kind === kind);
  }

  /** Notices or refuses a signer that is not pinned. */
  checkSigner(fingerprint: string, file: string): void {
    const pins = this.#options.pinnedSigners;
    if (pins.length === 0) {
      this.noticeOnce(
        'signer-not-pinned',
        file,
        `signer not pinned: compare its fingerprint ${fingerprint} by another way`,
      );
    } else if (!pins.some((pin) => normalisePin(pin) === fingerprint)) {
      this.failure('signer-not-pinned', file, `the signer ${fingerprint} is not among the pinned ones`);
    }
  }

  countToken(name: string, local: boolean): void {
    const authority = this.#authorities.get(name) ?? { name, local, tokens: 0 };
    authority.tokens += 1;
    this.#authorities.set(name, authority);
  }

  countPeriod({ from, to }: { readonly from: string; readonly to: string }): void {
    if (this.#from === null || from < this.#from) this.#from = from;
    if (this.#to === null || to > this.#to) this.#to = to;
  }

  progress(folder: string): void {
    this.#options.signal?.throwIfAborted();
    this.#options.onProgress?.({ folder: this.relative(folder), records: this.records });
  }

  report(): VerificationReport {
    const authorities = [...this.#authorities.values()];
    if (this.#unlisted > 0) {
      const message = `${this.#unlisted} further failures are not listed`;
      this.#findings.push({ kind: 'more', severity: 'failure', path: '.', message });
    }
    return {
      holds: this.#findings.every((finding) => finding.severity !== 'failure'),
      checked: {
        chains: this.chains,
        segments: this.segments,
        days: this.days,
        records: this.records,
        bytes: this.bytes,
        from: this.#from,
        to: this.#to,
        tokens: authorities.reduce((sum, authority) => sum + authority.tokens, 0),
        authorities,
      },
      findings: this.#findings,
    };
  }

  #add(finding: Finding): void {
    if (this.#findings.length < MAX_FINDINGS) this.#findings.push(finding);
    else if (finding.severity === 'failure') this.#unlisted += 1;
  }
}

/** Fingerprints are also written in upper case with colons, as openssl prints them. */
function normalisePin(pin: string): string {
  return pin.replaceAll(':', '').toLowerCase();
}
