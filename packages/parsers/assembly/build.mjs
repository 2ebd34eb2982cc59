// Compiles the modules and writes each as a TypeScript file, so that whoever bundles the parsers takes it along.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import asc from 'assemblyscript/asc';

const folder = path.join(import.meta.dirname, '..');
const target = path.join(folder, 'src/generated');

/** Each with the pages of 64 KiB that its layout needs. */
const MODULES = [
  ['pairs', 136],
  ['rows', 144],
  ['marks', 24],
];

async function compile(name, pages) {
  const options = `-O3 --enable simd --enable relaxed-simd --runtime stub --noAssert --initialMemory ${pages} --maximumMemory ${pages}`;
  const binary = { bytes: new Uint8Array(0) };
  const { error, stderr } = await asc.main(
    [`assembly/${name}.ts`, '--baseDir', folder, '--outFile', `${name}.wasm`, ...options.split(' ')],
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
  return Buffer.from(binary.bytes).toString('base64');
}

await mkdir(target, { recursive: true });
for (const [name, pages] of MODULES) {
  const text = await compile(name, pages);
  await writeFile(path.join(target, `${name}-wasm.ts`), `export const ${name.toUpperCase()}_WASM =\n  '${text}';\n`);
}
