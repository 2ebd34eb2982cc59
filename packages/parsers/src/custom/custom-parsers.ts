import { PARSER_LIMITS } from '@logmaster/core/custom-parsers/limits';
import type { ParserSet } from '@logmaster/core/custom-parsers/parser-set';
import type { ParseContext } from '../contracts.ts';
import type { EventDraft } from '../event/draft.ts';
import { createZoneClock } from '../time/zone.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { isMarked } from '../vendors.ts';
import { TimeBudget } from './budget.ts';
import type { Captures } from './captures.ts';
import { type CompiledParser, compileDefinition, type Taken } from './compile.ts';
import { CustomMatch } from './custom-match.ts';
import type { DefinitionFault } from './definition-fault.ts';

/** What one definition did with one record. */
export interface CustomAttempt {
  /** Undefined: it does not describe the record. */
  readonly captures: Captures | undefined;
  readonly ms: number;
}

export interface CustomParsersOptions {
  /** Clock of the time budget, ms. */
  readonly now?: () => number;
  /** A definition took too long again and again; it is left out for ten minutes. */
  readonly onSuspended?: (label: string) => void;
  /** Ours or the engine's fault at one record: the definition is left out for ten minutes, too. */
  readonly onFailed?: (label: string, error: unknown) => void;
  /** A stored definition can't be used by this version of LogMaster; it is left out. */
  readonly onUnusable?: (label: string, faults: readonly DefinitionFault[]) => void;
  readonly onAttempt?: (attempt: CustomAttempt) => void;
}

interface Active {
  readonly label: string;
  readonly parser: CompiledParser;
  readonly budget: TimeBudget;
}

/**
 * The definitions in use in one thread. Those of a record's device come first, then those of its site, then those that
 * have only a rule; each group in the order of names, and the first that describes the record has it.
 */
export class CustomParsers {
  private readonly options: CustomParsersOptions;
  private readonly zones = createZoneClock();
  /** Of the set in use. */
  version = 0;
  private active = new Map<string, Active>();
  private byDevice = new Map<string, Active[]>();
  private bySite = new Map<string, Active[]>();
  /** Of any sender whose records no built-in parser knows by a mark of its own. */
  private anywhere: Active[] = [];
  /** Of every record, whatever it says it applies to. */
  private forced: Active[] = [];

  constructor(options: CustomParsersOptions = {}) {
    this.options = options;
  }

  /** Takes over a set; what it shares with the one before stays as it is. */
  use({ version, parsers }: ParserSet): void {
    this.version = version;
    const before = this.active;
    this.active = new Map();
    for (const { name, version, definition } of parsers) {
      const label = `${name}@${version}`;
      const known = before.get(label) ?? this.compile(label, definition);
      if (known) this.active.set(label, known);
    }
    this.assign();
  }

  /** For trials: one definition for all records. Its rule must hold all the same. */
  useOnly(label: string, parser: CompiledParser): void {
    this.forced = [{ label, parser, budget: new TimeBudget(Number.POSITIVE_INFINITY) }];
  }

  /** Labels of definitions that are left out because they were too slow. */
  get suspended(): string[] {
    const now = this.now();
    return [...this.active.values()].filter(({ budget }) => budget.isSuspended(now)).map(({ label }) => label);
  }

  /** Whether the sender's records are offered to definitions before anything else looks at them. */
  isAssigned({ deviceId, siteId }: ParseContext): boolean {
    if (this.forced.length > 0) return true;
    if (this.byDevice.size > 0 && deviceId !== undefined && this.byDevice.has(deviceId)) return true;
    return this.bySite.size > 0 && siteId !== undefined && this.bySite.has(siteId);
  }

  /** Whether any record that no built-in parser knows by a mark is offered to a definition. */
  get appliesAnywhere(): boolean {
    return this.anywhere.length > 0;
  }

  /**
   * The definition that describes the record. Never throws.
   * @param draft hears of definitions that should have described it and don't
   * @param vendor the built-in parser of the record
   */
  match(
    input: VendorInput,
    context: ParseContext,
    draft: EventDraft,
    vendor: VendorParser | undefined,
  ): CustomMatch | undefined {
    if (this.active.size === 0 && this.forced.length === 0) return undefined;
    const { deviceId, siteId } = context;
    const device = deviceId === undefined ? undefined : this.byDevice.get(deviceId);
    const site = siteId === undefined ? undefined : this.bySite.get(siteId);
    const misses: string[] = [];
    for (const assigned of [this.forced, device, device ? site?.filter((one) => !device.includes(one)) : site]) {
      const found = this.first(assigned, input, misses);
      if (found) return found;
    }
    const free = this.anywhere.length > 0 && !isMarked(vendor);
    const found = free ? this.first(this.anywhere, input) : undefined;
    if (found) return found;
    for (const label of misses) draft.fail('logmaster.parser', `${label} does not match`);
    return undefined;
  }

  /** @param misses hears of definitions that stand for the built-in parser and do not describe the record */
  private first(
    candidates: readonly Active[] | undefined,
    input: VendorInput,
    misses?: string[],
  ): CustomMatch | undefined {
    for (const candidate of candidates ?? []) {
      if (candidate.budget.isSuspended(this.now())) continue;
      const { label, parser } = candidate;
      const found = this.attempt(candidate, input);
      if (found === undefined) continue;
      if (found !== 'no match') return new CustomMatch(label, parser, found);
      if (parser.definition.built_in === 'replace') misses?.push(label);
    }
    return undefined;
  }

  /** Undefined: its rule does not hold, or it failed. */
  private attempt({ label, parser, budget }: Active, input: VendorInput): Taken | 'no match' | undefined {
    const { onAttempt, onFailed, onSuspended } = this.options;
    try {
      const first = this.measure(parser, input);
      // A pause of the machine, or code that is not yet compiled, is not the definition's: what seems slow is done again.
      const again = first.ms > PARSER_LIMITS.recordBudgetMs ? this.measure(parser, input) : first;
      const { result } = again;
      const ms = Math.min(first.ms, again.ms);
      onAttempt?.({ captures: typeof result === 'object' ? result.captures : undefined, ms });
      if (budget.spend(ms, this.now())) onSuspended?.(label);
      return result;
    } catch (error) {
      budget.suspend(this.now());
      onFailed?.(label, error);
      return undefined;
    }
  }

  private measure(parser: CompiledParser, input: VendorInput) {
    const began = this.now();
    const isOver = () => this.now() - began > PARSER_LIMITS.recordBudgetMs;
    const result = parser.recognises(input) ? (parser.take(input, isOver) ?? 'no match') : undefined;
    return { result, ms: this.now() - began } as const;
  }

  private compile(label: string, definition: unknown): Active | undefined {
    const compiled = compileDefinition(definition, this.zones);
    if ('parser' in compiled) return activate(label, compiled.parser);
    this.options.onUnusable?.(label, compiled.faults);
    return undefined;
  }

  private assign(): void {
    this.byDevice = new Map();
    this.bySite = new Map();
    this.anywhere = [];
    const all = [...this.active.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
    for (const one of all) {
      const { devices, sites } = one.parser.definition.applies_to;
      for (const device of devices) add(this.byDevice, device, one);
      for (const site of sites) add(this.bySite, site, one);
      if (devices.length + sites.length === 0) this.anywhere.push(one);
    }
  }

  private now(): number {
    return this.options.now?.() ?? performance.now();
  }
}

function activate(label: string, parser: CompiledParser): Active {
  return { label, parser, budget: new TimeBudget(PARSER_LIMITS.recordBudgetMs) };
}

function add(lists: Map<string, Active[]>, key: string, one: Active): void {
  const list = lists.get(key);
  if (list) list.push(one);
  else lists.set(key, [one]);
}
