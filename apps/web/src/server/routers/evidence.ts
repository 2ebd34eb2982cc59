import {
  calendarInputSchema,
  calendarSchema,
  dayInputSchema,
  daySchema,
  evidenceSitesSchema,
  folderInputSchema,
  sealInputSchema,
  sealSchema,
  signersSchema,
  verificationSchema,
} from '../contracts/evidence.ts';
import { describeSigners } from '../services/evidence/describe-signers.ts';
import { findSealOfRecord } from '../services/evidence/find-seal-of-record.ts';
import { listEvidenceDay } from '../services/evidence/list-evidence-day.ts';
import { listEvidenceMonth } from '../services/evidence/list-evidence-month.ts';
import { listEvidenceSites } from '../services/evidence/list-evidence-sites.ts';
import { verifyFolder } from '../services/evidence/verify-folder.ts';
import { procedure, router } from '../trpc.ts';

export const evidenceRouter = router({
  sites: procedure.output(evidenceSitesSchema).query(({ ctx }) => listEvidenceSites(ctx.deps, ctx.user)),
  signers: procedure.output(signersSchema).query(({ ctx }) => describeSigners(ctx.deps)),
  calendar: procedure
    .input(calendarInputSchema)
    .output(calendarSchema)
    .query(({ ctx, input }) => listEvidenceMonth(ctx.deps, ctx.user, input)),
  day: procedure
    .input(dayInputSchema)
    .output(daySchema)
    .query(({ ctx, input }) => listEvidenceDay(ctx.deps, ctx.user, input)),
  sealOfRecord: procedure
    .input(sealInputSchema)
    .output(sealSchema)
    .query(({ ctx, input }) => findSealOfRecord(ctx.deps, ctx.user, input)),
  /** A mutation though it changes nothing: it is asked for by a person, costs seconds and must not be repeated by itself. */
  verifySegment: procedure
    .input(folderInputSchema)
    .output(verificationSchema)
    .mutation(({ ctx, input, signal }) => verifyFolder({ ...ctx.deps, signal }, ctx.user, input)),
});
