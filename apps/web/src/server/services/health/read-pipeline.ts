import { type PipelineState, pipelineStateSchema } from '@logmaster/core/api/health';
import type { Dependencies } from '../../dependencies.ts';
import { askIngest } from './ask-ingest.ts';

/** The numbers of the two identities, from ingest. */
export function readPipeline(deps: Pick<Dependencies, 'ingestUrl'>): Promise<PipelineState> {
  return askIngest(deps, '/pipeline', pipelineStateSchema);
}
