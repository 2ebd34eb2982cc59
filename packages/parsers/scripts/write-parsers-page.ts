// Writes the part of docs/parsers.md that is made from the example and the fixtures.
import { readFile, writeFile } from 'node:fs/promises';
import { MARK, makeParsersPage } from './parsers-page.ts';

const page = new URL('../../../docs/parsers.md', import.meta.url);
const [head] = (await readFile(page, 'utf8')).split(MARK);
await writeFile(page, `${head}${MARK}\n\n${await makeParsersPage()}`);
