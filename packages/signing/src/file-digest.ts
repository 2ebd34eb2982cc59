import { createHash } from 'node:crypto';

/** Length and SHA-256 (lower-case hex) of some bytes, as manifests hold them. */
export interface FileDigest {
  readonly bytes: number;
  readonly sha256: string;
}

/** Holds one chunk at a time. Rejects with the error of the stream. */
export async function hashStream(stream: AsyncIterable<Uint8Array>): Promise<FileDigest> {
  const sha256 = createHash('sha256');
  let bytes = 0;
  for await (const chunk of stream) {
    sha256.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: sha256.digest('hex') };
}
