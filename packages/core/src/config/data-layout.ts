import path from 'node:path';

/** Where everything lies in a data folder. The contract of README § Data folder. */
export interface DataLayout {
  readonly root: string;
  readonly archive: string;
  readonly journal: string;
  /** Open segments, and sealed ones on their way to the archive. */
  readonly segments: string;
  readonly index: string;
  readonly postgres: string;
  readonly keys: string;
  readonly certificates: string;
  /** Trust anchor of the local TSA. */
  readonly tsaCa: string;
  /** Certificate of the signing key, for pinning. */
  readonly signer: string;
  /** Own certificate of the TLS ports, when no other is given. */
  readonly tlsCertificate: string;
  /** What was made from the records for somebody, and can be made again. Removed when the disk fills. */
  readonly exports: string;
  /** What only saves time. Removed when the disk fills. */
  readonly cache: string;
  readonly run: string;
  readonly logs: string;
}

/** Absolute paths below `dataDir`; the archive may lie elsewhere. Nothing is made or looked at. */
export function dataLayout(dataDir: string, archiveDir?: string): DataLayout {
  const root = path.resolve(dataDir);
  const at = (...parts: string[]) => path.join(root, ...parts);
  return {
    root,
    archive: archiveDir ? path.resolve(archiveDir) : at('archive'),
    journal: at('journal'),
    segments: at('segments'),
    index: at('index'),
    postgres: at('postgres'),
    keys: at('keys'),
    certificates: at('certificates'),
    tsaCa: at('certificates', 'tsa-ca.pem'),
    signer: at('certificates', 'signer.pem'),
    tlsCertificate: at('certificates', 'tls.pem'),
    exports: at('exports'),
    cache: at('cache'),
    run: at('run'),
    logs: at('logs'),
  };
}
