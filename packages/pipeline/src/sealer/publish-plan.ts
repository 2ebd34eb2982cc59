import { dayFolder } from '@logmaster/core/evidence/manifest';
import type { Fault } from '../fault.ts';
import { exists } from '../files.ts';
import type { SegmentLayout } from '../segments/layout.ts';
import type { SegmentPlan } from '../segments/plan.ts';
import type { Archive } from './archive.ts';
import { planDay, planTarget, removeFolder } from './seal-plan.ts';

interface PublishContext {
  readonly layout: SegmentLayout;
  readonly archive: Archive;
  readonly fault: Fault;
}

/**
 * Brings the sealed folder of a plan into the archive, or finds that this was done before a crash.
 * @returns its folder in the archive; undefined when its day is packed already
 */
export async function publishPlan(plan: SegmentPlan, context: PublishContext): Promise<string | undefined> {
  const { layout, archive, fault } = context;
  const { origin, segment } = plan.manifest;
  const { site } = origin;
  await archive.check();
  const sealed = layout.sealed(site, segment);
  const relative = planTarget(plan);
  const local = await exists(sealed);
  if (await archive.has(relative)) {
    // A copy that was finished before the crash, and what it was copied from.
    if (local) await removeFolder(sealed);
  } else if (local) {
    await archive.publish(sealed, relative);
    fault('published');
  } else if (await exists(archive.at(dayFolder(site, planDay(plan)), origin.node))) {
    return undefined;
  } else {
    throw new Error(`segment ${segment} of ${site} is neither in segments/ nor in the archive`);
  }
  return relative;
}
