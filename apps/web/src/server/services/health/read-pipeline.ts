import { type PipelineState, pipelineStateSchema } from '@logmaster/core/api/health';
import { toAppError } from '@logmaster/core/errors';
import { listDevices } from '@logmaster/db/devices';
import type { Dependencies } from '../../dependencies.ts';
import { scopeOf } from '../../scope-of.ts';
import type { SessionUser } from '../../session-user.ts';
import { askIngest } from './ask-ingest.ts';
import { type KnownDevice, shownBreaks, shownSources } from './shown-sources.ts';

type Deps = Pick<Dependencies, 'ingestUrl' | 'database'>;

/** The numbers of the two identities, from ingest, with the senders in the user's scope and their devices' names. */
export async function readPipeline(deps: Deps, user: SessionUser): Promise<PipelineState> {
  const [state, devices] = await Promise.all([
    askIngest(deps, '/pipeline', pipelineStateSchema),
    knownDevices(deps, user),
  ]);
  const scope = scopeOf(user);
  const sources = shownSources(state.sources, devices, scope);
  const broken = shownBreaks(state.identities.broken, sources, scope);
  return { ...state, sources, identities: { ...state.identities, broken } };
}

/** These numbers are asked for when something is away: senders are then without names, and hidden from who may not see all. */
async function knownDevices({ database }: Deps, user: SessionUser): Promise<readonly KnownDevice[]> {
  return database
    .fromReplica(user.id, (replica) => listDevices(replica))
    .catch((error: unknown) => {
      if (toAppError(error).code === 'DATABASE_UNAVAILABLE') return [];
      throw error;
    });
}
