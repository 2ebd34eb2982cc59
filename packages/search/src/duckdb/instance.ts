import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { MACROS } from './sql/compile.ts';

export interface InstanceOptions {
  readonly indexDir: string;
  readonly memoryMb: number;
  readonly threads: number;
}

/** Parquet files being written; emptied when the writer starts. */
export const temporaryFolder = (indexDir: string) => path.join(indexDir, 'tmp');
/** What sorts and groups spill beyond the memory limit: a folder per process, named by its pid. */
export const spillFolder = (indexDir: string) => path.join(indexDir, 'spill');

/** An in-memory DuckDB: it holds no data of its own, everything is in Parquet files. */
export async function openInstance({ indexDir, memoryMb, threads }: InstanceOptions): Promise<DuckDBInstance> {
  mkdirSync(temporaryFolder(indexDir), { recursive: true });
  mkdirSync(spillFolder(indexDir), { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${memoryMb}MiB`,
    threads: String(threads),
    temp_directory: path.join(spillFolder(indexDir), String(process.pid)),
    // nothing may be loaded from the network, whatever a query does
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // give freed memory back to the system soon: most of the time little happens here
    // whole Parquet files would stay in memory up to the limit; the page cache has them anyway
    enable_external_file_cache: 'false',
    allocator_background_threads: 'true',
    allocator_flush_threshold: '16MiB',
    allocator_bulk_deallocation_flush_threshold: '16MiB',
  });
  const connection = await instance.connect();
  // footers of files that never change
  await connection.run('SET parquet_metadata_cache = true');
  for (const macro of MACROS) await connection.run(macro);
  connection.closeSync();
  return instance;
}
