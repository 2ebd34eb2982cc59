import type { Clock } from '@logmaster/core/clock';
import { clockOf, type SiteMapping } from '@logmaster/core/devices';
import { MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';
import type { Events } from '@logmaster/telemetry/events';
import type { ClockSkews } from './clock-skews.ts';

export interface ClockWatchOptions {
  readonly skews: ClockSkews;
  readonly mapping: () => SiteMapping;
  readonly clock: Clock;
  readonly events: Events;
}

/** Devices whose clocks are further off than the list of devices takes for right. */
export interface WrongClocks {
  readonly devices: number;
  /** How far the worst one is off, whole seconds. */
  readonly worstSeconds: number;
}

/** Of a device that is silent for so long nobody knows what its clock says now. */
const SILENT: Micros = 3600 * MICROS_PER_SECOND;
/** Looks in a row: a device that has just been approved may have stamps that were read in another zone. */
const STEADY = 2;

/**
 * Looks at the clocks of the approved devices now and then, and tells of those that are wrong. Others may be anybody: what
 * they say of the time is shown with them, and concerns nobody.
 */
export class ClockWatch {
  private readonly options: ClockWatchOptions;
  /** Device → looks in a row at which it was wrong. */
  private looks = new Map<string, number>();
  wrong: WrongClocks = { devices: 0, worstSeconds: 0 };

  constructor(options: ClockWatchOptions) {
    this.options = options;
  }

  look(): void {
    const { skews, mapping, clock } = this.options;
    const since = clock() - SILENT;
    const looks = new Map<string, number>();
    let [devices, worst] = [0, 0];
    for (const { id, name, address } of mapping().devices) {
      const skew = skews.median(address, since);
      const state = clockOf(skew === null ? null : skew / 1000);
      const before = this.looks.get(id) ?? 0;
      const wrong = state === 'ahead' || state === 'behind';
      const seen = wrong ? before + 1 : 0;
      if (wrong) looks.set(id, seen);
      if (seen >= STEADY) {
        devices += 1;
        worst = Math.max(worst, Math.abs(skew ?? 0));
      }
      const turned = seen === STEADY || (state === 'right' && before >= STEADY);
      if (turned) this.tell(wrong, { device: id, name, ahead_seconds: inSeconds(skew ?? 0) });
    }
    this.looks = looks;
    this.wrong = { devices, worstSeconds: inSeconds(worst) };
  }

  private tell(wrong: boolean, about: Readonly<Record<string, unknown>>): void {
    this.options.events.emit(wrong ? 'device_clock_wrong' : 'device_clock_right', about);
  }
}

function inSeconds(micros: Micros): number {
  return Math.round(micros / MICROS_PER_SECOND);
}
