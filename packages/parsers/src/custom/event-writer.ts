import type { ParserDefinition } from '@logmaster/core/custom-parsers/definition';
import { isLabelName, isTarget } from '@logmaster/core/custom-parsers/targets';
import { LABEL_PREFIX } from '@logmaster/core/event/fields';
import type { ParseContext } from '../contracts.ts';
import type { EventDraft } from '../event/draft.ts';
import { checkPlausible, resolveTime } from '../time/device-time.ts';
import type { ZoneClock } from '../time/zone.ts';
import type { VendorTime } from '../vendor.ts';
import { type Assign, compileAssignment, compileTarget } from './assign.ts';
import { type Captures, captured } from './captures.ts';
import { type DefinitionFault, PatternFault } from './definition-fault.ts';
import { compileTimeFormat, type TimeReader } from './time-format.ts';

/** Writes what a definition took out of a record into its event. The result: the record's own time. */
export type EventWriter = (captures: Captures, draft: EventDraft, context: ParseContext) => VendorTime | undefined;

/** Names of record's fields that were met: a hostile record can have a new one each time. */
const MAX_REMEMBERED = 1000;
const DROP: Assign = () => undefined;

export function compileWriter(definition: ParserDefinition, zones: ZoneClock, faults: DefinitionFault[]): EventWriter {
  const assigns = new Map(Object.entries(definition.fields).map(([name, targets]) => [name, assignAll(targets)]));
  const constants = Object.entries(definition.constants).map(([to, value]) => {
    const assign = compileTarget(to);
    return (draft: EventDraft) => assign(draft, value);
  });
  const readTime = compileTime(definition, zones, faults);
  const timeNames = new Set([definition.time?.field ?? []].flat());
  const prefix = definition.kind === 'key_value' ? definition.prefix : '';
  const unnamed = new Map<string, Assign>();
  const others = (name: string): Assign => {
    const known = unnamed.get(name);
    if (known) return known;
    if (unnamed.size >= MAX_REMEMBERED) unnamed.clear();
    const assign = assignUnnamed(name, prefix, definition);
    unnamed.set(name, assign);
    return assign;
  };
  return (captures, draft, context) => {
    draft.event['event.dataset'] = `custom.${definition.name}`;
    for (const set of constants) set(draft);
    for (const [name, value] of captures) {
      const assign = assigns.get(name) ?? (timeNames.has(name) || name === definition.rest ? DROP : others(name));
      assign(draft, value);
    }
    return readTime?.(captures, draft, context);
  };
}

function assignAll(targets: ParserDefinition['fields'][string]): Assign {
  const all = [targets].flat().map((one) => (typeof one === 'string' ? compileTarget(one) : compileAssignment(one)));
  const [only] = all;
  if (all.length === 1 && only) return only;
  return (draft, value) => {
    for (const assign of all) assign(draft, value);
  };
}

/** A capture that the field map does not name: a field if it is called like one, else a label. */
function assignUnnamed(name: string, prefix: string, { unmapped }: ParserDefinition): Assign {
  if (isTarget(name)) return compileTarget(name);
  if (unmapped === 'drop') return DROP;
  const label = prefix + name.replace(/[^\p{L}\p{N}_@-]/gu, '_');
  return isLabelName(label) ? compileTarget(LABEL_PREFIX + label) : (draft) => draft.fail('labels', 'unusable name');
}

function compileTime({ time }: ParserDefinition, zones: ZoneClock, faults: DefinitionFault[]): EventWriter | undefined {
  if (time === undefined) return undefined;
  const names = [time.field].flat();
  const readers = time.formats.flatMap((format, index) => readerOf(format, `time.formats.${index}`, faults));
  const [only] = names.length === 1 ? names : [];
  return (captures, draft, context) => {
    const text =
      only === undefined ? names.flatMap((name) => captured(captures, name) ?? []).join(' ') : captured(captures, only);
    if (text === undefined || text === '') return undefined;
    for (const read of readers) {
      const found = read(text);
      if (found === undefined) continue;
      const where = time.zone === undefined ? context : { ...context, timeZone: time.zone };
      const moment =
        'micros' in found ? checkPlausible(found.micros, context.receivedAt) : resolveTime(found, where, zones);
      if ('micros' in moment) return moment;
      draft.fail('@timestamp', moment.doubt);
      return undefined;
    }
    draft.fail('@timestamp', 'in none of the formats');
    return undefined;
  };
}

function readerOf(format: string, path: string, faults: DefinitionFault[]): TimeReader[] {
  try {
    return [compileTimeFormat(format)];
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error;
    faults.push({ path, reason: error.message });
    return [];
  }
}
