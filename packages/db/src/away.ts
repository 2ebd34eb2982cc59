/** Prisma's codes for "cannot reach", "timed out", "closed the connection", "pool exhausted", "cannot start a transaction". */
const AWAY_PRISMA = new Set(['P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028', 'P2037']);
/** Socket errors, and SQLSTATE class 08 (connection) and 57P (server going away or starting), 53300 (too many connections). */
const AWAY_CODE = /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|08\w{3}|57P0\d|53300)$/;
/** What `pg` and Prisma say without a code. */
const AWAY_MESSAGE =
  /Can't reach database server|connection terminated|timeout exceeded when trying to connect|Connection refused|server closed the connection/i;

/** True for failures that say that no database answers: refused, broken off, starting, full, timed out. */
export function isAway(error: unknown, depth = 0): boolean {
  if (depth > 4 || typeof error !== 'object' || error === null) return false;
  const { name, code, originalCode, message, cause, meta } = error as Record<string, unknown>;
  if (name === 'PrismaClientInitializationError') return true;
  if (typeof code === 'string' && (AWAY_PRISMA.has(code) || AWAY_CODE.test(code))) return true;
  if (typeof originalCode === 'string' && AWAY_CODE.test(originalCode)) return true;
  if (typeof message === 'string' && AWAY_MESSAGE.test(message)) return true;
  const driver = typeof meta === 'object' && meta !== null ? Reflect.get(meta, 'driverAdapterError') : undefined;
  return isAway(cause, depth + 1) || isAway(driver, depth + 1);
}
