import { coverageInputSchema, coverageListSchema, deviceCoverageSchema } from '../contracts/coverage.ts';
import {
  approveInputSchema,
  assignInputSchema,
  certificateInputSchema,
  deviceListInputSchema,
  deviceListSchema,
  deviceRefSchema,
  deviceSchema,
  renameInputSchema,
  timeZoneInputSchema,
} from '../contracts/devices.ts';
import { acceptCoverage } from '../services/devices/accept-coverage.ts';
import { approveDevice } from '../services/devices/approve-device.ts';
import { assignDevice } from '../services/devices/assign-device.ts';
import { bindCertificate } from '../services/devices/bind-certificate.ts';
import { listCoverage } from '../services/devices/list-coverage.ts';
import { listDevices } from '../services/devices/list-devices.ts';
import { readCoverage } from '../services/devices/read-coverage.ts';
import { rejectDevice } from '../services/devices/reject-device.ts';
import { renameDevice } from '../services/devices/rename-device.ts';
import { restoreDevice } from '../services/devices/restore-device.ts';
import { setTimeZone } from '../services/devices/set-time-zone.ts';
import { procedure, router } from '../trpc.ts';

export const devicesRouter = router({
  list: procedure
    .input(deviceListInputSchema)
    .output(deviceListSchema)
    .query(({ ctx, input }) => listDevices(ctx.deps, ctx.user, input)),
  approve: procedure
    .input(approveInputSchema)
    .output(deviceSchema)
    .mutation(({ ctx, input }) => approveDevice(ctx.deps, ctx.user, input)),
  reject: procedure
    .input(deviceRefSchema)
    .output(deviceSchema)
    .mutation(({ ctx, input }) => rejectDevice(ctx.deps, ctx.user, input)),
  /** Back to pending, from approved or rejected: the undo of both. */
  restore: procedure
    .input(deviceRefSchema)
    .output(deviceSchema)
    .mutation(({ ctx, input }) => restoreDevice(ctx.deps, ctx.user, input)),
  rename: procedure
    .input(renameInputSchema)
    .output(deviceSchema)
    .mutation(({ ctx, input }) => renameDevice(ctx.deps, ctx.user, input)),
  bindCertificate: procedure
    .input(certificateInputSchema)
    .output(deviceSchema)
    .mutation(({ ctx, input }) => bindCertificate(ctx.deps, ctx.user, input)),
  setTimeZone: procedure
    .input(timeZoneInputSchema)
    .output(deviceSchema)
    .mutation(({ ctx, input }) => setTimeZone(ctx.deps, ctx.user, input)),
  assign: procedure
    .input(assignInputSchema)
    .output(deviceSchema)
    .mutation(({ ctx, input }) => assignDevice(ctx.deps, ctx.user, input)),
  /** How its records are parsed. */
  coverage: procedure
    .input(coverageInputSchema)
    .output(deviceCoverageSchema)
    .query(({ ctx, input }) => readCoverage(ctx.deps, ctx.user, input)),
  /** The same of all devices, in short. */
  coverages: procedure.output(coverageListSchema).query(({ ctx }) => listCoverage(ctx.deps, ctx.user)),
  /** What is now is usual: an open drift ends. */
  acceptCoverage: procedure
    .input(coverageInputSchema.pick({ id: true }))
    .mutation(({ ctx, input }) => acceptCoverage(ctx.deps, ctx.user, input)),
});
