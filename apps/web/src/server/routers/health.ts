import { healthSchema, pipelineStateSchema } from '@logmaster/core/api/health';
import { checkHealth } from '../services/health/check-health.ts';
import { readPipeline } from '../services/health/read-pipeline.ts';
import { procedure, router } from '../trpc.ts';

export const healthRouter = router({
  /** Web's own parts and those of ingest. */
  get: procedure.output(healthSchema).query(({ ctx }) => checkHealth(ctx.deps)),
  /** INGEST_UNAVAILABLE when nobody answers there. */
  pipeline: procedure.output(pipelineStateSchema).query(({ ctx }) => readPipeline(ctx.deps, ctx.user)),
});
