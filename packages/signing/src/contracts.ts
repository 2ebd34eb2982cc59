/** What the pipeline needs of a signing key: a file key today, PKCS#11 later. */
export interface Signer {
  /** PEM of the certificate; goes beside each signature as signer.pem. */
  readonly certificatePem: string;
  /** SHA-256 of the certificate's DER, lower-case hex. */
  readonly fingerprint: string;
  /** RSA-3072 PKCS#1 v1.5 with SHA-256 over the exact bytes. */
  sign(bytes: Uint8Array): Promise<Buffer>;
}

/** An RFC 3161 time-stamp authority. */
export interface TimestampAuthority {
  readonly name: string;
  /** False for the local TSA, whose stamps are for trying out. Shown wherever a stamp is. */
  readonly legal: boolean;
  /**
   * Stamps a SHA-256 digest (32 bytes). Returns the DER of the whole TimeStampResp after checking it against the
   * request and the pinned anchor. Throws TSA_UNAVAILABLE or TSA_REFUSED.
   */
  stamp(digest: Uint8Array): Promise<Buffer>;
}

export interface Finding {
  /** Stable word: gap, altered, missing-file, bad-signature, bad-token, chain-broken, count-mismatch, unstamped, … */
  readonly kind: string;
  readonly severity: 'failure' | 'notice';
  /** Path relative to the verified one: the file or folder that does not hold. */
  readonly path: string;
  readonly message: string;
}

/** What a verification found. It holds when no finding is a failure. */
export interface VerificationReport {
  readonly holds: boolean;
  readonly checked: {
    readonly chains: number;
    readonly segments: number;
    readonly days: number;
    readonly records: number;
    readonly bytes: number;
    /** RFC 3339; null when nothing was there. */
    readonly from: string | null;
    readonly to: string | null;
    readonly tokens: number;
    /** Name of each TSA certificate subject met → is it a legal one as far as can be told (local TSA: false). */
    readonly authorities: readonly { readonly name: string; readonly local: boolean; readonly tokens: number }[];
  };
  readonly findings: readonly Finding[];
}

export interface VerifyOptions {
  /** PEM texts of trust anchors for time-stamps. Empty: tokens are checked against their own chain and noted as unpinned. */
  readonly tsaAnchors: readonly string[];
  /** SHA-256 fingerprints of signer certificates. Empty: a notice "signer not pinned". */
  readonly pinnedSigners: readonly string[];
  /** Called now and then with records done and folders left, for progress. */
  readonly onProgress?: ((done: { readonly folder: string; readonly records: number }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}
