/** The parts of POSIX ustar (IEEE 1003.1 § pax) that plain files in short folders need. */
const BLOCK = 512;
/** Largest size in 11 octal digits; sealed files are far smaller. */
const MAX_SIZE = 8 ** 11 - 1;

export interface TarFile {
  /** Relative path, at most 100 bytes of ASCII. */
  readonly name: string;
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
}

/** The header block of a regular file, mode 0644, owner 0. */
export function tarHeader({ name, size, mtime }: TarFile): Buffer {
  if (!/^[\x21-\x7e]{1,100}$/.test(name))
    throw new RangeError('a tar name of 1 to 100 printable ASCII bytes is needed');
  if (size > MAX_SIZE) throw new RangeError('a tar entry holds at most 8 GiB');
  const octal = (value: number, digits: number) => `${Math.floor(value).toString(8).padStart(digits, '0')}\0`;
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 'latin1');
  header.write(`${octal(0o644, 7)}${octal(0, 7)}${octal(0, 7)}${octal(size, 11)}${octal(mtime, 11)}`, 100, 'latin1');
  // The checksum is summed with its own field as blanks.
  header.write(`        0`, 148, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** Zeros that fill a file's last block. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

/** Two zero blocks. */
export const TAR_END = Buffer.alloc(2 * BLOCK);
