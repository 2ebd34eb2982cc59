import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the checkout. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What the launchers remember between runs; npm leaves this folder alone when it installs. */
export const CACHE = path.join(ROOT, 'node_modules', '.cache', 'logmaster');

/** The Node that runs everything but the launchers: the npm package `node`, pinned by the lockfile. */
export const PINNED_NODE = path.join(
  ROOT,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** `node_modules/.bin` first, so that `node` and every tool are the pinned ones. */
export function toolEnvironment(extra = {}) {
  return {
    ...process.env,
    PATH: `${path.join(ROOT, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
    // Stripped and compiled TypeScript is kept: a second start is faster and each process some 20 MB smaller.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(CACHE, 'compile'),
    // Nothing calls home while building, and prisma must not look for an engine it never uses.
    NEXT_TELEMETRY_DISABLED: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    CHECKPOINT_DISABLE: '1',
    TURBO_UI: 'false',
    PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? '/bin/true',
    PRISMA_SKIP_POSTINSTALL_GENERATE: '1',
    ...extra,
  };
}

/** The command that runs npm with the same npm that started us, else the one on PATH. */
export function npmCommand() {
  const npmCli = process.env.npm_execpath;
  if (npmCli && /npm-cli\.c?js$/.test(npmCli) && existsSync(npmCli)) return [process.execPath, npmCli];
  return ['npm'];
}
