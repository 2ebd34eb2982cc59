import type { FlatEvent } from '@logmaster/core/event/event';
import { FIELD_NAMES, type FieldName } from '@logmaster/core/event/fields';
import { EventDraft } from '../event/draft.ts';

/** Thrown where a piece of a parser asks for something that is not known outside a whole event. */
export class AsksMore extends Error {}

/** Fields that are known without the rest of the event, with their values. */
export type Given = Readonly<Record<string, string | undefined>>;

/** The fields that a piece sets, in the order of their first values. A piece sets a handful. */
class GatheredEvent {
  readonly names: string[] = [];
  readonly values: (string | number)[] = [];
  private readonly given: Given;
  private readonly asked: Set<string> | undefined;

  constructor(given: Given, asked: Set<string> | undefined) {
    this.given = given;
    this.asked = asked;
  }

  put(name: string, value: string | number): void {
    const at = this.names.indexOf(name);
    if (at < 0) this.names.push(name);
    this.values[at < 0 ? this.names.length - 1 : at] = value;
  }

  read(name: string): string | number | undefined {
    const at = this.names.indexOf(name);
    if (at >= 0) return this.values[at];
    if (!Object.hasOwn(this.given, name)) throw new AsksMore();
    this.asked?.add(name);
    return this.given[name];
  }

  drop(name: string): void {
    const at = this.names.indexOf(name);
    if (at < 0) return;
    this.names.splice(at, 1);
    this.values.splice(at, 1);
  }

  // Each field is a property, as in an event.
  static {
    const properties: Record<string, PropertyDescriptor & ThisType<GatheredEvent>> = {};
    for (const name of [...FIELD_NAMES, 'labels']) {
      properties[name] = {
        get() {
          return this.read(name);
        },
        set(value: string | number | undefined) {
          if (value === undefined) this.drop(name);
          else this.put(name, value);
        },
      };
    }
    Object.defineProperties(GatheredEvent.prototype, properties);
  }
}

/** Gathers what a piece of an event parser sets, labels apart from fields. Asking for a field that is not known throws. */
export class GatheringDraft extends EventDraft {
  readonly labelNames: string[] = [];
  readonly labelValues: string[] = [];
  private readonly gathered: GatheredEvent;

  /** @param asked gets the fields of `given` that were asked for */
  constructor(given: Given, asked?: Set<string>) {
    const gathered = new GatheredEvent(given, asked);
    // it has a property for each field
    super(gathered as unknown as FlatEvent);
    this.gathered = gathered;
  }

  get fieldNames(): readonly string[] {
    return this.gathered.names;
  }

  get fieldValues(): readonly (string | number)[] {
    return this.gathered.values;
  }

  override drop(field: FieldName): void {
    this.gathered.drop(field);
  }

  protected override put(field: FieldName, value: string | number): void {
    this.gathered.put(field, value);
  }

  protected override putLabel(name: string, value: string): void {
    const at = this.labelNames.indexOf(name);
    if (at < 0) this.labelNames.push(name);
    this.labelValues[at < 0 ? this.labelNames.length - 1 : at] = value;
  }

  protected override removeLabels(): void {
    this.labelNames.length = 0;
    this.labelValues.length = 0;
  }
}
