// A process of its own, which ends when it is done: what it loads (Prisma with its schema engine, X.509) would
// otherwise stay in the supervisor's memory for weeks. Prints one JSON line, `Prepared`.
import { toAppError } from '@logmaster/core/errors';
import { prepare } from './prepare.ts';

/** The innermost message: what failed, not where it was caught. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause === undefined ? thrown.message : reasonOf(thrown.cause);
}

/** Ends at once: the schema engine leaves an idle connection that would hold the process for ten more seconds. */
function finish(answer: unknown, code: number): void {
  process.stdout.write(JSON.stringify(answer), () => process.exit(code));
}

try {
  finish(await prepare(), 0);
} catch (thrown) {
  const { code, detail, stack } = toAppError(thrown);
  process.stderr.write(`${stack}\n${reasonOf(thrown)}\n`);
  finish({ failed: { code, detail: detail ?? reasonOf(thrown) } }, 1);
}
