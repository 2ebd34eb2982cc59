import { EVENT_FIELDS, type FieldName } from '@logmaster/core/event/fields';
import { LEVELS, levelWord } from '../syslog/severity.ts';
import { readMoment } from '../time/read-when.ts';
import { canonicalIp } from '../values/ip.ts';
import { canonicalMac } from '../values/mac.ts';
import type { EventDraft, IpField, NumberField, TextField } from './draft.ts';
import type { Setter } from './setters.ts';

/** Fields that only we write. */
const OURS = /^(?:logmaster\.(?!session\.id$)|event\.(?:original|kind)$|log\.source\.address$|@timestamp$)/;
/** Of ECS' list of types the one that our events have. */
const TYPES = new Set('allowed denied start end creation change deletion error access info'.split(' '));

/** A field whose value may be anything in other systems' records: what it can't hold becomes a label, and is no error. */
export const orLabel =
  (field: FieldName, name: string): Setter =>
  (draft, value) => {
    if (!setField(draft, field, value)) draft.label(name, value);
  };

export function isOurs(name: FieldName): boolean {
  return OURS.test(name);
}

/** Sets a field from another system's text. False: the value is nothing that the field can hold. */
export function setField(draft: EventDraft, name: FieldName, value: string): boolean {
  const { event } = draft;
  switch (EVENT_FIELDS[name].type) {
    case 'ip':
      if (canonicalIp(value) === undefined) return false;
      draft.ip(name as IpField, value);
      return true;
    case 'long':
      if (!/^\d{1,15}$/.test(value) || (name.endsWith('.port') && Number(value) > 65_535)) return false;
      event[name as NumberField] = Number(value);
      return true;
    case 'date': {
      const moment = readMoment(value);
      if (moment === undefined) return false;
      event[name as 'event.start'] = moment;
      return true;
    }
    default:
      return setText(draft, name as TextField, value);
  }
}

const LEVEL_WORDS = new Set([
  ...LEVELS,
  ...'trace verbose fatal panic severe critical high medium low major minor'.split(' '),
]);

function setText(draft: EventDraft, name: TextField, value: string): boolean {
  if (name === 'source.mac' || name === 'destination.mac') {
    if (canonicalMac(value) === undefined) return false;
    draft.mac(name, value);
  } else if (name === 'log.level') {
    // Numbers count up in one system and down in the next; `level=Administrator` is somebody's.
    const word = levelWord(value);
    if (!LEVEL_WORDS.has(word)) return false;
    draft.text(name, word);
  } else if (name === 'event.action') draft.lower(name, value);
  else if (name === 'event.type') draft.text(name, oneOf(value, TYPES));
  else if (name === 'event.category') draft.text(name, oneOf(value));
  else draft.text(name, value);
  return true;
}

/** One word of a list: the first known one, else the first. */
function oneOf(list: string, known?: ReadonlySet<string>): string {
  const words = list.split(', ', 16);
  return words.find((word) => known?.has(word)) ?? (words[0] as string);
}
