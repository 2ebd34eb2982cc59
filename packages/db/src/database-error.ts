import { AppError } from '@logmaster/core/errors';
import { isAway } from './away.ts';
import { Prisma } from './generated/client.ts';

/** The AppError for what Prisma or pg threw: away → DATABASE_UNAVAILABLE, a unique value taken → CONFLICT. */
export function toDatabaseError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  if (isAway(cause)) return new AppError('DATABASE_UNAVAILABLE', { cause });
  if (cause instanceof Prisma.PrismaClientKnownRequestError && cause.code === 'P2002') {
    return new AppError('CONFLICT', { detail: 'that value is taken', cause });
  }
  return new AppError('INTERNAL', { cause });
}

/** Runs one piece of database work; whatever it throws comes out as an AppError. */
export async function onDatabase<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toDatabaseError(error);
  }
}
