import path from 'node:path';

/** Root of the checkout: everything that is started lies at a fixed place under it. */
export const ROOT = path.resolve(import.meta.dirname, '..', '..', '..', '..');

export const INGEST_MAIN = path.join(ROOT, 'apps', 'ingest', 'src', 'main.ts');
export const SAMPLE_MAIN = path.join(ROOT, 'packages', 'sample', 'src', 'main.ts');
export const WEB_FOLDER = path.join(ROOT, 'apps', 'web');
export const NEXT_MAIN = path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
