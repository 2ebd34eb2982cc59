import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type DataLayout, dataLayout } from '@logmaster/core/config/data-layout';
import type { ParserDirectory } from '@logmaster/core/custom-parsers/parser-set';
import type { DeviceSighting, SiteMapping } from '@logmaster/core/devices';
import { AppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { RawRecord } from '@logmaster/core/record';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { dayStart, MICROS_PER_DAY, MICROS_PER_SECOND, type Micros, utcDay } from '@logmaster/core/time';
import { openDuckDbWriter } from '@logmaster/search/open';
import type { PackedDayIndex } from '@logmaster/search/packed-days';
import type { SheddableIndex } from '@logmaster/search/sheddable-index';
import type { EventBatch, ReplayStore, SearchPage, SearchStore } from '@logmaster/search/store';
import { openFileSigner } from '@logmaster/signing/file-signer';
import { openLocalTsa } from '@logmaster/signing/local-tsa';
import { decodeRecordLine } from '@logmaster/signing/record-line';
import { verifyPath } from '@logmaster/signing/verify/verify';
import { createEvents } from '@logmaster/telemetry/events';
import { createLogger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { expect } from 'vitest';
import type { JournalSource } from '../journal/decode.ts';
import { JournalWriter } from '../journal/writer.ts';
import { Processor } from '../processor/processor.ts';
import { SealerService } from '../sealer/sealer-service.ts';
import { readChain } from '../segments/chain.ts';
import { SegmentLayout } from '../segments/layout.ts';
import { readLines } from '../segments/zstd-frames.ts';
import { placeKeys } from './place-keys.ts';

export const STREAM = 'node1.w0';
export const SEGMENT_SECONDS = 10;
const PATIENT = { timeout: 60_000, interval: 25 };
export const FIREWALL: JournalSource = { transport: 'tcp', address: '10.1.0.1', port: 40_000 };
export const STRANGER: JournalSource = { transport: 'udp', address: '198.51.100.7', port: 514 };
export const MAPPING: SiteMapping = {
  version: 1,
  sites: [{ id: 'istanbul', name: 'İstanbul', timeZone: 'Europe/Istanbul' }],
  devices: [{ id: 'd1', name: 'fw-ist', address: FIREWALL.address, siteId: 'istanbul' }],
};

/** A journal writer, a processor and a sealer with the real index, signer and local TSA; each can be taken away and given back. */
export class Rig {
  readonly layout: DataLayout;
  /** µs; the tests move it. */
  now: number;
  /** Parts that are away now. */
  readonly away = { index: false, tsa: false, database: false };
  mapping: SiteMapping = { version: 0, sites: [], devices: [] };
  /** Undefined: the processor has no database for custom parsers. */
  parserDirectory: ParserDirectory | undefined;
  readonly sightings: DeviceSighting[] = [];
  readonly logger = createLogger('rig', 'silent');
  readonly events = createEvents(this.logger, createRegistry());
  /** The index refuses batches that hold a record with this in its message. */
  poison: string | undefined;
  /** Default: DuckDB over Parquet, in the rig's folder. */
  openStore: (() => SearchStore & ReplayStore & PackedDayIndex) | undefined;
  /** Small, so that a few records make several frames. */
  flushBytes = 2000;
  journal: JournalWriter;
  store!: SearchStore & ReplayStore & PackedDayIndex;
  /** The same, where it is the default one. */
  sheddable!: SheddableIndex;
  processor!: Processor;
  sealer!: SealerService;
  private sent = 0;

  private constructor(data: string, now: Micros) {
    this.layout = dataLayout(data);
    this.now = now;
    this.journal = this.newJournal();
  }

  /**
   * @param now default: tomorrow, because the local TSA's certificate begins today; at noon, so that no midnight, with
   *   which days are packed, falls into a test; a boundary is near
   */
  static async create(now = dayStart(utcDay(Date.now() * 1000)) + 1.5 * MICROS_PER_DAY + 1): Promise<Rig> {
    const data = await mkdtemp(path.join(os.tmpdir(), 'pipeline-rig-'));
    await placeKeys(dataLayout(data));
    return new Rig(data, now);
  }

  newJournal(): JournalWriter {
    return new JournalWriter({
      folder: path.join(this.layout.journal, STREAM),
      clock: () => this.now,
      accounting: () => ({ sources: {}, unusual: {} }),
      accountingMs: 20,
      commitMs: 1,
      rotateBytes: 20_000,
    });
  }

  async startProcessor(): Promise<void> {
    await mkdir(this.layout.index, { recursive: true });
    const real = this.openStore?.() ?? this.openDuckDb();
    await real.start();
    this.store = real;
    const onFatal = (error: unknown) => {
      throw error;
    };
    const tsa = await openLocalTsa(this.layout, { now: () => this.now / 1000 });
    this.processor = new Processor({
      node: 'node1',
      journalFolder: this.layout.journal,
      segmentsFolder: this.layout.segments,
      archiveFolder: this.layout.archive,
      store: this.breakable(real),
      directory: {
        loadMapping: async () => this.database(this.mapping),
        report: async (sightings) => void this.sightings.push(...this.database(sightings)),
      },
      parserDirectory: this.parserDirectory,
      clock: () => this.now,
      timeZone: 'Europe/Istanbul',
      segmentSeconds: SEGMENT_SECONDS,
      flushBytes: this.flushBytes,
      flushSeconds: 1,
      replayMs: 50,
      events: this.events,
      onFatal,
    });
    await this.processor.start();
    this.sealer = new SealerService({
      node: 'node1',
      segmentsFolder: this.layout.segments,
      archiveFolder: this.layout.archive,
      signer: await openFileSigner(this.layout),
      tsa: {
        ...tsa,
        stamp: (digest) => (this.away.tsa ? Promise.reject(new AppError('TSA_UNAVAILABLE')) : tsa.stamp(digest)),
      },
      days: real,
      clock: () => this.now,
      timeZone: 'Europe/Istanbul',
      events: this.events,
      onFatal,
    });
    await this.sealer.start();
  }

  private openDuckDb() {
    const store = openDuckDbWriter({ indexDir: this.layout.index, memoryMb: 128, threads: 1, logger: this.logger });
    this.sheddable = store;
    return store;
  }

  async stopProcessor(): Promise<void> {
    await this.sealer.stop();
    await this.processor.stop();
    await this.store.stop();
  }

  /** Sends records that are numbered over the rig's life, and waits until they are durable. */
  async send(count: number, source: JournalSource = FIREWALL, text = ''): Promise<void> {
    for (let i = 0; i < count; i++) {
      this.now += 1000;
      this.journal.append(source, Buffer.from(`<134>number=${this.sent++} ${text}`), 0);
    }
    await this.journal.commit();
  }

  get total(): number {
    return this.sent;
  }

  /** Moves time past the next boundary. */
  passBoundary(): void {
    this.now += SEGMENT_SECONDS * MICROS_PER_SECOND;
  }

  /** Resolves when so many records are sealed, in the archive and stamped: then nothing in it moves until a day is packed. */
  async untilSealed(records = this.total): Promise<void> {
    const state = () => this.sealer.sealer.state;
    await expect.poll(state, PATIENT).toMatchObject({ records, waiting: 0, unstamped: 0 });
  }

  /** Resolves when the day is packed to the last step, which follows the removal of its segments, and is served so. */
  async untilPacked(site: string, day: string): Promise<void> {
    const segments = new SegmentLayout(this.layout.segments);
    await expect.poll(async () => (await readChain(segments, site))?.day?.day, PATIENT).toBe(day);
    await expect.poll(() => readdir(segments.site(site)), PATIENT).not.toContain(`${day}.packed.json`);
  }

  indexed(text = ''): Promise<number> {
    return this.store.count({ text, scope: FULL_SCOPE });
  }

  search(text: string): Promise<SearchPage> {
    return this.store.search({ text, scope: FULL_SCOPE }, { size: 10 });
  }

  /** The event of a record. */
  find(id: string): Promise<FlatEvent | null> {
    return this.store.get(id, FULL_SCOPE);
  }

  /** Records in archive and open segments, by the site they are filed under. */
  async evidence(): Promise<(RawRecord & { site: string; number: number })[]> {
    const found: (RawRecord & { site: string; number: number })[] = [];
    for (const root of [this.layout.archive, this.layout.segments]) {
      const names = await readdir(root, { recursive: true }).catch(() => []);
      for (const name of names.filter((each) => /(records\.log|\.open)\.zst$/.test(each)).sort()) {
        const file = path.join(root, name);
        for await (const line of readLines(file, (await readFile(file)).length)) {
          const record = decodeRecordLine(Buffer.from(line));
          const number = Number(/number=(\d+)/.exec(record.raw.toString())?.[1]);
          found.push({ ...record, number, site: name.split(path.sep)[0] as string });
        }
      }
    }
    return found;
  }

  async verify() {
    const tsaAnchors = [await readFile(this.layout.tsaCa, 'utf8')];
    return verifyPath(this.layout.archive, { tsaAnchors, pinnedSigners: [] });
  }

  async remove(): Promise<void> {
    await rm(this.layout.root, { recursive: true, force: true });
  }

  private database<T>(value: T): T {
    if (this.away.database) throw new AppError('DATABASE_UNAVAILABLE');
    return value;
  }

  private breakable(real: SearchStore & ReplayStore & PackedDayIndex): SearchStore & ReplayStore & PackedDayIndex {
    return new Proxy(real, {
      get: (target, name) => {
        const value = Reflect.get(target, name) as unknown;
        if (name === 'addMissing') {
          return async (events: readonly FlatEvent[]) => {
            this.refuse(events);
            await target.addMissing(events);
          };
        }
        if (name === 'write') return (batch: EventBatch) => this.write(target, batch);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }

  private async write(target: SearchStore, batch: EventBatch): Promise<void> {
    if (this.away.index) throw new AppError('SEARCH_UNAVAILABLE');
    this.refuse(batch.events);
    await target.write(batch);
  }

  private refuse(events: readonly FlatEvent[]): void {
    const { poison } = this;
    if (poison && events.some((event) => event.message?.includes(poison))) throw new AppError('INVALID_INPUT');
  }
}
