import { ByteDictionary } from '@logmaster/core/event/columns/byte-dictionary';
import { baseName } from '../programs/program.ts';
import type { VendorSigns } from './signs.ts';

/** Senders make up tags: beyond so many, those that were seen are forgotten. */
const MAX_NAMES = 4096;

/** Which vendors may have sent under a tag or APP-NAME. */
export class AppNames {
  /** Vendors whose programs may write without a tag. */
  readonly ofProgramsWithoutTag: readonly number[];
  private readonly apps = new Map<string, number[]>();
  private readonly programs = new Map<string, number[]>();
  private readonly prefixes: (readonly [prefix: string, vendor: number])[] = [];
  /** Of the names that were seen, by their code. */
  private readonly seen = new ByteDictionary();
  private readonly ofSeen: (readonly number[])[] = [];

  constructor(signs: readonly (VendorSigns | undefined)[]) {
    this.ofProgramsWithoutTag = signs.flatMap((sign, vendor) => (sign?.programs === undefined ? [] : [vendor]));
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

  private ofCode(code: number, name?: string): readonly number[] {
    const known = this.ofSeen[code];
    if (known !== undefined) return known;
    const found = this.look(name ?? this.seen.text(code));
    this.ofSeen[code] = found;
    return found;
  }

  private look(name: string): readonly number[] {
    const lower = name.toLowerCase();
    return [
      ...(this.apps.get(name) ?? []),
      ...(this.programs.get(baseName(name)) ?? []),
      ...this.prefixes.filter(([prefix]) => lower.startsWith(prefix)).map(([, vendor]) => vendor),
    ];
  }

  private forgetMany(): void {
    if (this.seen.size < MAX_NAMES) return;
    this.seen.clear();
    this.ofSeen.length = 0;
  }
}
