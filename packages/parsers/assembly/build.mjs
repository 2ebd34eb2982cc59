// Compiles the module and writes it as a TypeScript file, so that whoever bundles the parsers takes it along.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import asc from 'assemblyscript/asc';

const folder = path.join(import.meta.dirname, '..');
const target = path.join(folder, 'src/generated');
const binary = { bytes: new Uint8Array(0) };
// 8 MiB and a half: all that layout.ts lays out.
const OPTIONS = '-O3 --enable simd --runtime stub --noAssert --initialMemory 136 --maximumMemory 136'.split(' ');
const { error, stderr } = await asc.main(
  ['assembly/pairs.ts', '--baseDir', folder, '--outFile', 'pairs.wasm', ...OPTIONS],
  {
    writeFile(_name, contents) {
      binary.bytes = contents;
    },
  },
);
if (error) {
  process.stderr.write(stderr.toString());
  throw error;
}
await mkdir(target, { recursive: true });
const text = Buffer.from(binary.bytes).toString('base64');
await writeFile(path.join(target, 'pairs-wasm.ts'), `export const PAIRS_WASM =\n  '${text}';\n`);
