import path from 'node:path';
import type { Clock } from '@logmaster/core/clock';
import { AppError } from '@logmaster/core/errors';
import { dayFolder, SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { dayStart, MICROS_PER_DAY, utcDay } from '@logmaster/core/time';
import type { Signer } from '@logmaster/signing/contracts';
import type { Events } from '@logmaster/telemetry/events';
import type { Fault } from '../fault.ts';
import { exists, removeIfPresent } from '../files.ts';
import { listSites, readChain } from '../segments/chain.ts';
import { readCheckpoint } from '../segments/checkpoint.ts';
import type { SegmentLayout } from '../segments/layout.ts';
import type { SegmentPlan } from '../segments/plan.ts';
import type { Archive } from './archive.ts';
import { Backoff } from './backoff.ts';
import { ClosedPlans } from './closed-plans.ts';
import type { DayPacker } from './day-packer.ts';
import { planDay, planTarget, removeFolder, sealPlan } from './seal-plan.ts';
import type { Stamper } from './stamper.ts';

export interface SealerOptions {
  readonly node: string;
  readonly layout: SegmentLayout;
  readonly archive: Archive;
  readonly signer: Signer;
  readonly stamper: Stamper;
  readonly packer: DayPacker;
  readonly clock: Clock;
  readonly events: Events;
  readonly fault: Fault;
}

export interface SealerState {
  readonly segments: number;
  readonly records: number;
  /** Sealed, without a time-stamp. */
  readonly unstamped: number;
  /** Closed, not yet in the archive. */
  readonly waiting: number;
  readonly sealError: string | undefined;
  readonly archiveError: string | undefined;
  readonly tsaError: string | undefined;
  readonly dayError: string | undefined;
  /** µs of the oldest closed segment that is not in the archive, and not stamped. */
  readonly oldestWaiting: number | undefined;
  readonly oldestUnstamped: number | undefined;
}

interface Unstamped {
  readonly relative: string;
  readonly site: string;
  readonly day: string;
  readonly to: number;
}

/**
 * Takes closed segments from their plan to the archive and their time-stamp, and closed days to their packed folder.
 * Four stages that wait for different things: the disk, the archive, the TSA, and all three. Each is tried again on
 * its own while the others go on.
 */
export class Sealer {
  private readonly options: SealerOptions;
  private readonly plans: ClosedPlans;
  private toSeal: SegmentPlan[] = [];
  private toPublish: SegmentPlan[] = [];
  private toForget: SegmentPlan[] = [];
  private toStamp: Unstamped[] = [];
  private searched = false;
  private readonly totals = new Map<string, { segments: number; records: number }>();
  private readonly errors: { seal?: string; archive?: string; tsa?: string; day?: string } = {};
  private readonly sealBackoff = new Backoff();
  private readonly archiveBackoff = new Backoff();
  private readonly tsaBackoff = new Backoff();
  private readonly dayBackoff = new Backoff();

  constructor(options: SealerOptions) {
    this.options = options;
    this.plans = new ClosedPlans(options.layout);
  }

  async recover(): Promise<void> {
    await this.takePlans();
    for (const site of await listSites(this.options.layout)) await this.count(site);
  }

  /** Takes what has been closed since the last call. False when that is nothing. */
  async takePlans(): Promise<boolean> {
    const plans = await this.plans.take();
    this.toSeal.push(...plans);
    return plans.length > 0;
  }

  get state(): SealerState {
    const totals = [...this.totals.values()];
    const waiting = [...this.toSeal, ...this.toPublish];
    const oldest = (times: number[]) => (times.length === 0 ? undefined : Math.min(...times));
    return {
      segments: totals.reduce((sum, { segments }) => sum + segments, 0),
      records: totals.reduce((sum, { records }) => sum + records, 0),
      unstamped: this.toStamp.length + this.toPublish.length,
      waiting: waiting.length,
      sealError: this.errors.seal,
      archiveError: this.errors.archive,
      tsaError: this.errors.tsa,
      dayError: this.errors.day,
      oldestWaiting: oldest(waiting.map((plan) => plan.to)),
      oldestUnstamped: oldest([...this.toStamp, ...this.toPublish].map((item) => item.to)),
    };
  }

  /** Seals the oldest closed segment. False when there was nothing to do. */
  async sealNext(): Promise<boolean> {
    const plan = this.toSeal[0];
    if (plan === undefined || !this.sealBackoff.ready) return false;
    try {
      await sealPlan(plan, this.options);
      const { origin, segment, records } = plan.manifest;
      this.options.events.emit('segment_sealed', { site: origin.site, segment, records: records.count });
      await this.count(origin.site);
      this.toSeal.shift();
      this.toPublish.push(plan);
      this.sealBackoff.worked();
      delete this.errors.seal;
    } catch (error) {
      this.errors.seal = this.report('seal_failed', error, this.sealBackoff);
    }
    return true;
  }

  async publishNext(): Promise<boolean> {
    if (!this.archiveBackoff.ready) return false;
    try {
      if (!this.searched) await this.searchUnstamped();
      const plan = this.toPublish[0];
      if (plan === undefined) return false;
      await this.publish(plan);
      this.toPublish.shift();
      this.toForget.push(plan);
      this.archiveBackoff.worked();
      delete this.errors.archive;
    } catch (error) {
      this.errors.archive = this.report('archive_away', error, this.archiveBackoff);
    }
    return true;
  }

  async stampNext(): Promise<boolean> {
    const next = this.toStamp[0];
    if (next === undefined || !this.tsaBackoff.ready) return false;
    try {
      const folder = this.options.archive.at(next.relative);
      await this.options.stamper.stamp(folder);
      await this.options.stamper.remember(folder, this.options.clock());
      this.options.fault('stamped');
      this.options.events.emit('stamped', { folder: next.relative });
      this.toStamp.shift();
      this.tsaBackoff.worked();
      delete this.errors.tsa;
    } catch (error) {
      this.errors.tsa = this.report('stamp_failed', error, this.tsaBackoff);
    }
    return true;
  }

  /** Plans whose segment is in the archive and whose number no restart of the processor will open again. */
  async forgetDone(): Promise<void> {
    if (this.toForget.length === 0) return;
    const { layout, fault } = this.options;
    const { sites } = await readCheckpoint(layout.checkpoint);
    const openIn = ({ manifest }: SegmentPlan) => sites[manifest.origin.site]?.segment ?? 0;
    const done = this.toForget.filter((plan) => openIn(plan) > plan.manifest.segment);
    if (done.length === 0) return;
    this.toForget = this.toForget.filter((plan) => !done.includes(plan));
    for (const plan of done) await removeIfPresent(layout.plan(plan.manifest.origin.site, plan.manifest.segment));
    fault('plan-removed');
  }

  /** Packs the oldest day that is closed, archived and stamped. */
  async packNext(): Promise<boolean> {
    if (!this.dayBackoff.ready || !this.searched) return false;
    try {
      const { layout } = this.options;
      const { sites } = await readCheckpoint(layout.checkpoint);
      // In this order: a plan is durable before the checkpoint that opens the segment after it.
      await this.takePlans();
      for (const site of await listSites(layout)) {
        const day = await this.nextDay(site, sites[site]?.from);
        if (day === undefined) continue;
        await this.options.packer.pack(site, day);
        this.options.events.emit('day_packed', { site, day });
        this.dayBackoff.worked();
        delete this.errors.day;
        return true;
      }
      return false;
    } catch (error) {
      this.errors.day = this.report('day_failed', error, this.dayBackoff);
      return true;
    }
  }

  /** @param from µs; start of the site's open segment */
  private async nextDay(site: string, from: number | undefined): Promise<string | undefined> {
    const chain = await readChain(this.options.layout, site);
    if (chain === undefined || from === undefined) return undefined;
    const day = chain.day === null ? chain.first_day : utcDay(dayStart(chain.day.day) + MICROS_PER_DAY);
    if (day >= utcDay(from)) return undefined;
    const pending = [...this.toSeal, ...this.toPublish].some(
      (plan) => plan.manifest.origin.site === site && planDay(plan) <= day,
    );
    const unstamped = this.toStamp.some((item) => item.site === site && item.day <= day);
    return pending || unstamped ? undefined : day;
  }

  private async publish(plan: SegmentPlan): Promise<void> {
    const { layout, archive, fault, events } = this.options;
    const { site } = plan.manifest.origin;
    const { segment } = plan.manifest;
    await archive.check();
    const sealed = layout.sealed(site, segment);
    const relative = planTarget(plan);
    const local = await exists(sealed);
    const packed = archive.at(dayFolder(site, planDay(plan)), plan.manifest.origin.node);
    if (await archive.has(relative)) {
      // A copy that was finished before the crash, and what it was copied from.
      if (local) await removeFolder(sealed);
    } else if (local) {
      await archive.publish(sealed, relative);
      fault('published');
    } else if (await exists(packed)) {
      return;
    } else {
      throw new Error(`segment ${segment} of ${site} is neither in segments/ nor in the archive`);
    }
    events.emit('segment_published', { site, segment, folder: relative });
    this.queueStamp({ relative, site, day: planDay(plan), to: plan.to });
  }

  private queueStamp(item: Unstamped): void {
    if (!this.toStamp.some(({ relative }) => relative === item.relative)) this.toStamp.push(item);
  }

  /** After a start: archived segments of days that are not packed and that lack their token. */
  private async searchUnstamped(): Promise<void> {
    const { layout, archive, node, clock } = this.options;
    await archive.check();
    const today = Math.max(clock(), ...this.toPublish.map((plan) => plan.to));
    for (const site of await listSites(layout)) {
      const chain = await readChain(layout, site);
      if (chain === undefined) continue;
      const first = chain.day === null ? dayStart(chain.first_day) : dayStart(chain.day.day) + MICROS_PER_DAY;
      for (let at = first; at <= Math.max(today, chain.last.to); at += MICROS_PER_DAY) {
        const day = utcDay(at);
        const folder = dayFolder(site, day);
        for (const name of (await archive.list(folder)).sort()) {
          if (!new RegExp(`^${node}-\\d{8}$`).test(name)) continue;
          const relative = path.join(folder, name);
          if (!(await archive.has(path.join(relative, SEAL_FILES.token))))
            this.queueStamp({ relative, site, day, to: at });
        }
      }
    }
    this.searched = true;
  }

  private async count(site: string): Promise<void> {
    const chain = await readChain(this.options.layout, site);
    if (chain) this.totals.set(site, { segments: chain.last.segment, records: chain.records });
  }

  private report(
    event: 'seal_failed' | 'archive_away' | 'stamp_failed' | 'day_failed',
    error: unknown,
    backoff: Backoff,
  ) {
    backoff.failed();
    const reason = error instanceof Error ? error.message : String(error);
    // Something away is expected and has a sentence; a stranger needs its stack.
    this.options.events.emit(event, error instanceof AppError ? { reason } : { reason, err: error });
    return reason;
  }
}
