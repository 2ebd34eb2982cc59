import { type Health, healthSchema, type PartHealth } from '@logmaster/core/api/health';
import { ERRORS, toAppError } from '@logmaster/core/errors';
import { pingDatabase } from '@logmaster/db/ping';
import type { Dependencies } from '../../dependencies.ts';
import { askIngest } from './ask-ingest.ts';
import { checkArchive } from './check-archive.ts';
import { worstState } from './worst-state.ts';

type Deps = Pick<Dependencies, 'database' | 'store' | 'ingestUrl' | 'layout'>;

/** A part that throws is down; the reason is our sentence for the code, never the cause's own words. */
async function check(name: string, work: () => Promise<Partial<PartHealth> | undefined>): Promise<PartHealth> {
  try {
    const found = await work();
    return { state: 'ok', ...found, name };
  } catch (error) {
    return { name, state: 'down', reason: ERRORS[toAppError(error).code].title };
  }
}

async function checkIngest(deps: Deps): Promise<readonly PartHealth[]> {
  try {
    return (await askIngest(deps, '/health', healthSchema)).parts;
  } catch (error) {
    return [{ name: 'ingest', state: 'down', reason: ERRORS[toAppError(error).code].title }];
  }
}

/** Web's own parts (database, search, archive), then those of ingest. Never throws; holds no secrets and no addresses. */
export async function checkHealth(deps: Deps): Promise<Health> {
  const [own, ingest] = await Promise.all([
    Promise.all([
      check('database', async () => pingDatabase(deps.database.primary)),
      check('search', async () => deps.store.health()),
      check('archive', async () => checkArchive(deps)),
    ]),
    checkIngest(deps),
  ]);
  const parts = [{ name: 'web', state: 'ok' as const }, ...own, ...ingest];
  return { state: worstState(parts), parts };
}
