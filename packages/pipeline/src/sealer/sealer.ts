import type { Clock } from '@logmaster/core/clock';
import { dayStart, MICROS_PER_DAY, type Micros, utcDay } from '@logmaster/core/time';
import type { Signer } from '@logmaster/signing/contracts';
import type { Events } from '@logmaster/telemetry/events';
import type { Fault } from '../fault.ts';
import { removeIfPresent } from '../files.ts';
import { listSites, readChain } from '../segments/chain.ts';
import { readCheckpoint } from '../segments/checkpoint.ts';
import type { SegmentLayout } from '../segments/layout.ts';
import type { SegmentPlan } from '../segments/plan.ts';
import type { Archive } from './archive.ts';
import { ClosedPlans } from './closed-plans.ts';
import type { DayPacker } from './day-packer.ts';
import { publishPlan } from './publish-plan.ts';
import { planDay, sealPlan } from './seal-plan.ts';
import { SealedTotals } from './sealed-totals.ts';
import { Stage } from './stage.ts';
import { StampQueue } from './stamp-queue.ts';
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
  private readonly toStamp = new StampQueue();
  private readonly totals: SealedTotals;
  private readonly sealing: Stage;
  private readonly publishing: Stage;
  private readonly stamping: Stage;
  private readonly packing: Stage;

  constructor(options: SealerOptions) {
    this.options = options;
    const { layout, events } = options;
    this.plans = new ClosedPlans(layout);
    this.totals = new SealedTotals(layout);
    this.sealing = new Stage('seal_failed', events);
    this.publishing = new Stage('archive_away', events);
    this.stamping = new Stage('stamp_failed', events);
    this.packing = new Stage('day_failed', events);
  }

  async recover(): Promise<void> {
    await this.takePlans();
    for (const site of await listSites(this.options.layout)) await this.totals.count(site);
  }

  /** Takes what has been closed since the last call. False when that is nothing. */
  async takePlans(): Promise<boolean> {
    const plans = await this.plans.take();
    this.toSeal.push(...plans);
    return plans.length > 0;
  }

  get state(): SealerState {
    const waiting = [...this.toSeal, ...this.toPublish];
    const unstamped = [...this.toStamp.items, ...this.toPublish];
    return {
      ...this.totals.all,
      unstamped: unstamped.length,
      waiting: waiting.length,
      sealError: this.sealing.error,
      archiveError: this.publishing.error,
      tsaError: this.stamping.error,
      dayError: this.packing.error,
      oldestWaiting: oldestOf(waiting),
      oldestUnstamped: oldestOf(unstamped),
    };
  }

  /** Seals the oldest closed segment. False when there was nothing to do. */
  sealNext(): Promise<boolean> {
    return this.sealing.run(async () => {
      const plan = this.toSeal[0];
      if (plan === undefined) return false;
      await sealPlan(plan, this.options);
      const { origin, segment, records } = plan.manifest;
      this.options.events.emit('segment_sealed', { site: origin.site, segment, records: records.count });
      await this.totals.count(origin.site);
      this.toSeal.shift();
      this.toPublish.push(plan);
      return true;
    });
  }

  /** Brings the oldest sealed segment into the archive. False when there was nothing to do. */
  publishNext(): Promise<boolean> {
    return this.publishing.run(async () => {
      if (!this.toStamp.complete) {
        const until = Math.max(this.options.clock(), ...this.toPublish.map((plan) => plan.to));
        await this.toStamp.fill(this.options, until);
      }
      const plan = this.toPublish[0];
      if (plan === undefined) return false;
      const folder = await publishPlan(plan, this.options);
      if (folder !== undefined) this.published(plan, folder);
      this.toPublish.shift();
      this.toForget.push(plan);
      return true;
    });
  }

  /** Has the oldest archived segment time-stamped. False when there was nothing to do. */
  stampNext(): Promise<boolean> {
    return this.stamping.run(async () => {
      const next = this.toStamp.items[0];
      if (next === undefined) return false;
      const { archive, stamper, clock, fault, events } = this.options;
      const folder = archive.at(next.relative);
      await stamper.stamp(folder);
      await stamper.remember(folder, clock());
      fault('stamped');
      events.emit('stamped', { folder: next.relative });
      this.toStamp.stamped();
      return true;
    });
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

  /** Packs the oldest day that is closed, archived and stamped. False when there was nothing to do. */
  packNext(): Promise<boolean> {
    return this.packing.run(async () => {
      if (!this.toStamp.complete) return false;
      const { layout } = this.options;
      const { sites } = await readCheckpoint(layout.checkpoint);
      // In this order: a plan is durable before the checkpoint that opens the segment after it.
      await this.takePlans();
      for (const site of await listSites(layout)) {
        const day = await this.nextDay(site, sites[site]?.from);
        if (day === undefined) continue;
        await this.options.packer.pack(site, day);
        this.options.events.emit('day_packed', { site, day });
        return true;
      }
      return false;
    });
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
    return pending || this.toStamp.holds(site, day) ? undefined : day;
  }

  private published(plan: SegmentPlan, folder: string): void {
    const { origin, segment } = plan.manifest;
    const { site } = origin;
    this.options.events.emit('segment_published', { site, segment, folder });
    this.toStamp.add({ relative: folder, site, day: planDay(plan), to: plan.to });
  }
}

function oldestOf(items: readonly { readonly to: Micros }[]): Micros | undefined {
  return items.length === 0 ? undefined : Math.min(...items.map(({ to }) => to));
}
