import { type FileHandle, open } from 'node:fs/promises';
import { EVENT_SCHEMA } from './event-schema.ts';
import { encodeFooter, MAGIC } from './file-writer.ts';
import { decodeStruct, encodeStruct, type List, Struct, type Value } from './thrift.ts';

/**
 * Makes one index file of several by copying their row groups as they are: nothing is decoded, decompressed or sorted.
 * Only footers are read, and the places in them moved.
 */

const COPY_BYTES = 1024 * 1024;
/** Length of the footer and magic, at the end. */
const TAIL_BYTES = 8;
/** Shorter row groups are worth being made into longer ones: each costs a search some 100 entries of a footer. */
const LEAST_GROUP_ROWS = 8192;
const GROUP_OFFSET = 5;
const GROUP_ROWS = 3;
const GROUP_ORDINAL = 7;
const CHUNK_OFFSET = 2;
/** index_page_offset, data_page_offset, dictionary_page_offset, bloom_filter_offset of ColumnMetaData. */
const PAGE_OFFSETS = [10, 9, 11, 14];

interface Source {
  readonly handle: FileHandle;
  readonly rows: number;
  readonly groups: readonly Struct[];
  /** Where the row groups end and the footer begins. */
  readonly end: number;
}

/**
 * Writes `target`, not yet durable. False, and no file, when the sources are not such as can be copied.
 * @param rows of all sources: too few for their number, and no footer is read
 */
export async function concatenate(paths: readonly string[], target: string, rows: number): Promise<boolean> {
  if (rows < paths.length * LEAST_GROUP_ROWS) return false;
  const handles: FileHandle[] = [];
  try {
    const sources: Source[] = [];
    for (const path of paths) {
      const handle = await open(path, 'r');
      handles.push(handle);
      const source = await readSource(handle);
      if (source === undefined) return false;
      sources.push(source);
    }
    const found = sources.reduce((sum, source) => sum + source.rows, 0);
    if (found !== rows) throw new RangeError(`${found} rows where ${rows} are known`);
    const groups = sources.reduce((sum, source) => sum + source.groups.length, 0);
    if (rows < groups * LEAST_GROUP_ROWS) return false;
    const out = await open(target, 'wx', 0o640);
    handles.push(out);
    await writeAll(out, sources, rows);
    return true;
  } finally {
    for (const handle of handles) await handle.close();
  }
}

async function writeAll(out: FileHandle, sources: readonly Source[], rows: number): Promise<void> {
  await out.write(MAGIC, 0, MAGIC.length, 0);
  const groups: Struct[] = [];
  const buffer = Buffer.allocUnsafe(COPY_BYTES);
  let at = MAGIC.length;
  for (const source of sources) {
    const shift = at - MAGIC.length;
    for (const group of source.groups) groups.push(moved(group, shift, groups.length));
    for (let from = MAGIC.length; from < source.end; ) {
      const { bytesRead } = await source.handle.read(buffer, 0, Math.min(COPY_BYTES, source.end - from), from);
      if (bytesRead === 0) throw new RangeError('an index file ended while it was copied');
      await writeWhole(out, buffer.subarray(0, bytesRead), at);
      from += bytesRead;
      at += bytesRead;
    }
  }
  await writeWhole(out, encodeFooter(EVENT_SCHEMA.elements, rows, groups, EVENT_SCHEMA.leaves.length), at);
}

async function writeWhole(out: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await out.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}

/** Undefined when the file has another schema, as those that another version or DuckDB itself has written may. */
async function readSource(handle: FileHandle): Promise<Source | undefined> {
  const { size } = await handle.stat();
  const tail = Buffer.alloc(TAIL_BYTES);
  await handle.read(tail, 0, TAIL_BYTES, size - TAIL_BYTES);
  const length = tail.readUInt32LE(0);
  if (!tail.subarray(4).equals(MAGIC) || length > size) throw new RangeError('no Parquet footer');
  const end = size - TAIL_BYTES - length;
  const bytes = Buffer.alloc(length);
  await handle.read(bytes, 0, length, end);
  const footer = decodeStruct(bytes);
  if (!hasOurSchema(footer.get(2) as List)) return undefined;
  return { handle, rows: Number(footer.get(3)), groups: (footer.get(4) as List).values as Struct[], end };
}

function hasOurSchema({ values }: List): boolean {
  const { elements } = EVENT_SCHEMA;
  // The root's name means nothing.
  return (
    values.length === elements.length &&
    elements.every(
      (element, index) => index === 0 || encodeStruct(element).equals(encodeStruct(values[index] as Struct)),
    )
  );
}

/** The row group with its places moved by `shift` bytes. */
function moved(group: Struct, shift: number, ordinal: number): Struct {
  const columns = group.get(1) as List;
  for (const chunk of columns.values as Struct[]) {
    move(chunk, CHUNK_OFFSET, shift);
    for (const id of PAGE_OFFSETS) move(chunk.get(3) as Struct, id, shift);
  }
  move(group, GROUP_OFFSET, shift);
  if (group.get(GROUP_ORDINAL) !== undefined) group.put(GROUP_ORDINAL, ordinal);
  if (group.get(GROUP_ROWS) === undefined) throw new RangeError('a row group has no number of rows');
  return new Struct(group.fields);
}

function move(struct: Struct, id: number, shift: number): void {
  const value: Value | undefined = struct.get(id);
  if (typeof value === 'bigint') struct.put(id, value + BigInt(shift));
}
