import type { FlatEvent } from '@logmaster/core/event/event';
import type { EVENT_FIELDS, FieldName } from '@logmaster/core/event/fields';
import { secondsToNanos } from '../values/duration.ts';
import { canonicalIp } from '../values/ip.ts';
import { canonicalMac } from '../values/mac.ts';
import { readTransport } from '../values/transport.ts';

type NamesOf<T extends string> = {
  [N in FieldName]: (typeof EVENT_FIELDS)[N]['type'] extends T ? N : never;
}[FieldName];
export type TextField = NamesOf<'keyword' | 'text'>;
export type IpField = NamesOf<'ip'>;
export type NumberField = NamesOf<'long'>;

/** Labels of one record; a hostile record can hold thousands of pairs. */
const MAX_LABELS = 128;
const MAX_LABEL_NAME = 64;
const MAX_ERRORS = 16;
/** Names of fields can come out of the record. */
const MAX_ERROR = 256;

/** Devices write it where they know none. */
const NO_MAC = '00-00-00-00-00-00';

/**
 * An event being built. The setters take a vendor's text, check it against the field's type, and note what doesn't
 * fit as `field: reason`: one bad value never costs the record. Empty, `N/A` and `-` mean that there is no value.
 */
export class EventDraft {
  readonly event: FlatEvent;
  readonly errors: string[] = [];
  /** Labels that were set, each time counted. */
  protected labels = 0;

  constructor(event: FlatEvent) {
    this.event = event;
  }

  /** Sets a field. */
  protected put(field: FieldName, value: string | number): void {
    // the setters below know the field's type
    (this.event as Record<string, unknown>)[field] = value;
  }

  protected putLabel(name: string, value: string): void {
    this.event.labels ??= {};
    this.event.labels[name] = value;
  }

  /** Is there a value? Cheaper than reading it. */
  has(field: FieldName): boolean {
    return this.event[field] !== undefined;
  }

  fail(field: string, reason: string): void {
    if (this.errors.length < MAX_ERRORS) this.errors.push(`${field}: ${reason}`.slice(0, MAX_ERROR));
  }

  text(field: TextField, value: string | undefined): void {
    if (isPresent(value)) this.put(field, value);
  }

  lower(field: TextField, value: string | undefined): void {
    if (isPresent(value)) this.put(field, value.toLowerCase());
  }

  ip(field: IpField, value: string | undefined): void {
    if (!isPresent(value)) return;
    const address = canonicalIp(value);
    if (address === undefined) this.fail(field, 'not an IP address');
    else this.put(field, address);
  }

  mac(field: TextField, value: string | undefined): void {
    if (!isPresent(value)) return;
    const address = canonicalMac(value);
    if (address === undefined) this.fail(field, 'not a MAC address');
    else if (address !== NO_MAC) this.put(field, address);
  }

  long(field: NumberField, value: string | undefined): void {
    if (!isPresent(value)) return;
    const number = readInteger(value);
    if (number === undefined) this.fail(field, 'not a whole number');
    else this.put(field, number);
  }

  port(field: NumberField, value: string | undefined): void {
    if (!isPresent(value)) return;
    const number = readInteger(value);
    if (number === undefined || number > 65_535) this.fail(field, 'not a port');
    else this.put(field, number);
  }

  /** Sets `event.duration`, and from it `event.start` and `event.end`: firewalls write the record when it is over. */
  seconds(value: string | undefined): void {
    if (!isPresent(value)) return;
    const number = readInteger(value) ?? readDecimal(value);
    const nanos = number === undefined ? undefined : secondsToNanos(number);
    if (number !== undefined && nanos === undefined) this.label('duration_seconds', value);
    else this.duration(nanos);
  }

  /** Tunnels and flows stand for months: what is longer than nanoseconds can say is a label, and no error. */
  duration(nanos: number | undefined): void {
    const whole = Math.round(nanos ?? Number.NaN);
    if (!Number.isFinite(whole)) this.fail('event.duration', 'not a duration below 104 days');
    else if (Number.isSafeInteger(whole)) this.put('event.duration', whole);
    else this.label('duration_seconds', String(Math.round(whole / 1e9)));
  }

  /** From a number or a name. A number without a well-known keyword still sets `network.iana_number`. */
  transport(value: string | undefined): void {
    if (!isPresent(value)) return;
    const { keyword, number } = readTransport(value);
    if (keyword !== undefined) this.put('network.transport', keyword);
    if (number !== undefined) this.put('network.iana_number', number);
    else this.fail('network.transport', 'unknown protocol');
  }

  /** A vendor's own field. Dots become `_`, so that no label is the parent of another. */
  label(name: string, value: string | undefined): void {
    if (!isPresent(value)) return;
    if (this.labels >= MAX_LABELS) {
      if (this.labels++ === MAX_LABELS) this.fail('labels', `more than ${MAX_LABELS}`);
      return;
    }
    const key = name.includes('.') ? name.replaceAll('.', '_') : name;
    if (key.length > MAX_LABEL_NAME || key === '__proto__') {
      this.fail('labels', 'unusable name');
      return;
    }
    this.labels++;
    this.putLabel(key, value);
  }

  /** Forgets the labels so far: for vendors that read the header's structured data into fields of their own. */
  dropLabels(): void {
    this.labels = 0;
    this.removeLabels();
  }

  /** Takes a value back. */
  drop(field: FieldName): void {
    delete this.event[field];
  }

  protected removeLabels(): void {
    delete this.event.labels;
  }
}

export function isPresent(value: string | undefined): value is string {
  if (value === undefined || value.length > 3) return value !== undefined;
  return value !== '' && value !== 'N/A' && value !== '-' && value !== 'n/a';
}

/** `1.5`, of those that count parts of a second, too. */
function readDecimal(text: string): number | undefined {
  return text.length <= 24 && /^\d{1,10}\.\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function readInteger(text: string): number | undefined {
  if (text.length > 16) return undefined;
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return Number.isSafeInteger(value) ? value : undefined;
}
