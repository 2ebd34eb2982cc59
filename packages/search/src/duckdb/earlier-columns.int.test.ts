import { rename } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { createLogger } from '@logmaster/telemetry/logger';
import { expect, onTestFinished, test } from 'vitest';
import { makeBatch, makeEvent } from '../conformance/events.ts';
import { openDuckDbReader, openDuckDbWriter } from '../open.ts';
import { catalogueFile, fileFolder } from './catalogue/catalogue-schema.ts';
import { Snapshots } from './catalogue/snapshot.ts';
import { literal } from './files/batch-file.ts';
import { mergeFiles } from './files/compactor.ts';
import { openInstance } from './instance.ts';
import { temporaryIndex } from './test-index.ts';

const logger = createLogger('test', 'fatal');
const hostModule = path.join(import.meta.dirname, 'host.ts');

/** Writes one batch as this version does. */
async function write(indexDir: string, first: number, more: object): Promise<void> {
  const writer = openDuckDbWriter({ indexDir, memoryMb: 128, threads: 1, logger });
  await writer.start();
  const events = Array.from({ length: 3 }, (_, index) => makeEvent(first + index, more));
  await writer.write(makeBatch(events, first));
  await writer.stop();
}

test('files of a version that had fewer fields, and one that is gone, are searched and merged with new ones', async () => {
  const indexDir = await temporaryIndex();
  await write(indexDir, 0, { 'source.port': 1 });
  const connection = await (await openInstance({ indexDir, memoryMb: 128, threads: 1 })).connect();
  onTestFinished(() => connection.closeSync());
  const database = new DatabaseSync(catalogueFile(indexDir));
  onTestFinished(() => database.close());
  const [row] = database.prepare('SELECT path FROM file').all();
  const old = path.join(fileFolder(indexDir), String(row?.path));
  const select = `SELECT * EXCLUDE ("logmaster.service.name", "source.as.number"), 'x' AS "gone.field" FROM read_parquet(${literal(old)})`;
  await connection.run(`COPY (${select}) TO ${literal(`${old}.old`)} (FORMAT parquet)`);
  await rename(`${old}.old`, old);
  // As the version before this table has left it.
  database.exec(
    "DROP TABLE file_by_name; DELETE FROM meta WHERE name = 'columns'; UPDATE meta SET value = 2 WHERE name = 'schema_version'",
  );

  const reader = openDuckDbReader({ indexDir, memoryMb: 128, hostModule, logger });
  onTestFinished(() => reader.stop());
  const count = (text: string) => reader.count({ text, scope: FULL_SCOPE });
  // All files lack them.
  expect(await count('logmaster.service.name:https')).toBe(0);
  expect(await count('source.port:1')).toBe(3);

  await write(indexDir, 3, { 'logmaster.service.name': 'https', 'source.as.number': 9121 });
  const snapshots = new Snapshots(indexDir);
  onTestFinished(() => snapshots.close());
  const { files } = snapshots.take({});
  expect(files.map(({ byName }) => byName).toSorted()).toEqual([false, true]);
  expect(await count('')).toBe(6);
  expect(await count('logmaster.service.name:https AND source.as.number:>9000')).toBe(3);
  expect(await count('source.port:1')).toBe(3);
  expect((await reader.get(makeEvent(1)['logmaster.record.id'] as string, FULL_SCOPE))?.['source.port']).toBe(1);

  const merged = path.join(indexDir, 'merged.parquet');
  const paths = files.map((file) => file.path);
  await mergeFiles(connection, paths, merged, 128, 'sorted');
  const found = await connection.runAndReadAll(
    `SELECT count(*)::INT, count("logmaster.service.name")::INT, count("source.port")::INT FROM read_parquet(${literal(merged)})`,
  );
  expect(found.getRows()).toEqual([[6, 3, 3]]);
});
