import { ByteDictionary } from '@logmaster/core/event/columns/byte-dictionary';
import { baseName } from '../programs/program.ts';
import { endOfRun, isUnit, Unit, type Units } from '../syslog/units.ts';
import type { VendorSigns } from './vendor-signs.ts';

/** Senders make up tags: beyond so many, those that were seen are forgotten. */
const MAX_NAMES = 4096;
// As the expression for a tag in programs/program.ts.
const MAX_HOST = 64;
const MAX_NAME = 48;
const MAX_PROCESS = 20;

const NOBODY: readonly number[] = [];
const SPACE = 0x20;
const SLASH = 0x2f;
const COLON = 0x3a;

/** Which vendors may have sent under a tag or APP-NAME. */
export class AppNames {
  private readonly apps = new Map<string, number[]>();
  private readonly programs = new Map<string, number[]>();
  private readonly prefixes: (readonly [prefix: string, vendor: number])[] = [];
  /** Of the names that were seen, by their code. */
  private readonly seen = new ByteDictionary();
  private readonly ofSeen: (readonly number[])[] = [];

  constructor(signs: readonly (VendorSigns | undefined)[]) {
    for (const [vendor, sign] of signs.entries()) {
      for (const app of sign?.apps ?? []) this.apps.set(app, [...(this.apps.get(app) ?? []), vendor]);
      for (const program of sign?.programs ?? []) {
        if (program.endsWith('*')) this.prefixes.push([program.slice(0, -1), vendor]);
        else this.programs.set(program, [...(this.programs.get(program) ?? []), vendor]);
      }
    }
  }

  of(name: string): readonly number[] {
    this.forgetMany();
    return this.ofCode(this.seen.codeOfText(name), name);
  }

  ofBytes(bytes: Uint8Array, from: number, to: number): readonly number[] {
    this.forgetMany();
    return this.ofCode(this.seen.code(bytes, from, to));
  }

  /**
   * Of a message whose header has no tag: programs write their name before a colon, `squid[12]: `, behind a host's name
   * too. The meaning is that of `findProgram`.
   */
  ofMessage(units: Units, at: number, end: number): readonly number[] {
    const space = endOfRun(units, at, Math.min(end, at + MAX_HOST), Unit.host);
    if (space > at && space < end && units[space] === SPACE) {
      const to = endOfName(units, space + 1, end);
      if (to >= 0) return this.ofBytes(units, nameFrom(units, space + 1), to);
    }
    const to = endOfName(units, at, end);
    return to < 0 ? NOBODY : this.ofBytes(units, nameFrom(units, at), to);
  }

  private ofCode(code: number, name?: string): readonly number[] {
    const known = this.ofSeen[code];
    if (known !== undefined) return known;
    const found = this.look(name ?? this.seen.text(code));
    this.ofSeen[code] = found;
    return found;
  }

  private look(name: string): readonly number[] {
    const lower = name.toLowerCase();
    const found = [
      ...(this.apps.get(name) ?? []),
      ...(this.programs.get(baseName(name)) ?? []),
      ...this.prefixes.filter(([prefix]) => lower.startsWith(prefix)).map(([, vendor]) => vendor),
    ];
    return found.length === 0 ? NOBODY : found;
  }

  private forgetMany(): void {
    if (this.seen.size < MAX_NAMES) return;
    this.seen.clear();
    this.ofSeen.length = 0;
  }
}

function nameFrom(units: Units, at: number): number {
  return units[at] === 0x28 ? at + 1 : at;
}

/** End of the name in `name: `, `(name): `, `name[12]: ` at `at`; −1 where there is none. */
function endOfName(units: Units, at: number, end: number): number {
  const from = nameFrom(units, at);
  if (from >= end || !(isUnit(units[from] as number, Unit.letter) || units[from] === SLASH)) return -1;
  const to = endOfRun(units, from, Math.min(end, from + MAX_NAME + 1), Unit.tag);
  if (to - from > MAX_NAME) return -1;
  let after = to < end && units[to] === 0x29 ? to + 1 : to;
  if (after < end && units[after] === 0x5b) {
    after = endOfRun(units, after + 1, Math.min(end, after + MAX_PROCESS + 2), Unit.name);
    if (after >= end || units[after] !== 0x5d) return -1;
    after += 1;
  }
  return after < end && units[after] === COLON ? to : -1;
}
