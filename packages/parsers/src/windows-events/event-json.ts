import { eachLeaf, isObject, type JsonObject, objectOf, readJsonObject, textOf } from '../json-object/json-object.ts';
import type { WindowsEvent } from './event-data.ts';
import { put } from './put.ts';

/** The forms in which agents write an event as JSON: where its system part and its data stand. */
interface Parts {
  readonly system: JsonObject;
  readonly data: JsonObject;
}

/** Marks of these forms; members' order is the agent's. */
export function isEventJson(head: string): boolean {
  if (head.includes('"winlog"')) return true;
  if (head.includes('"eventdata"') && head.includes('"eventID"')) return true;
  return head.includes('"EventID"') && /"(?:SourceName|Channel|EventTime|EventReceivedTime)"/.test(head);
}

/**
 * JSON of Winlogbeat or Elastic Agent (`winlog.event_data`), of Wazuh (`win.eventdata`, names with a small first letter), the
 * XML's own parts (`Event.EventData`, `EventData`), and of NXLog's to_json(), where all members are level.
 */
export function readEventJson(text: string, at: number): WindowsEvent | undefined {
  const read = readJsonObject(text, at);
  if (!read) return undefined;
  const { object, cut } = read;
  const { system, data: members } = partsOf(object);
  const data = new Map<string, string>();
  eachLeaf(members, '', (name, value) => put(data, name, value));
  const get = (...names: string[]) => names.map((name) => textOf(system, name)).find((value) => value !== undefined);
  const id = get('event_id', 'EventID', 'EventId');
  if (id === undefined) return undefined;
  return {
    id,
    channel: get('channel', 'Channel'),
    computer: get('computer_name', 'Hostname', 'Computer'),
    provider: get('provider_name', 'SourceName', 'ProviderName', 'Provider') ?? nameOf(system.Provider),
    time: textOf(object, '@timestamp') ?? get('EventTime', 'SystemTime', 'TimeCreated') ?? nameOf(system.TimeCreated),
    data,
    cut,
  };
}

function partsOf(object: JsonObject): Parts {
  if (isObject(object.winlog)) return { system: object.winlog, data: objectOf(object.winlog, 'event_data') };
  const win = isObject(object.win) ? object.win : objectOf(objectOf(object, 'data'), 'win');
  if (isObject(win.system)) return { system: capitals(win.system), data: capitals(objectOf(win, 'eventdata')) };
  const event = isObject(object.Event) ? object.Event : object;
  const system = isObject(event.System) ? event.System : event;
  return { system, data: isObject(event.EventData) ? event.EventData : event };
}

/** `targetUserName` → `TargetUserName` */
function capitals(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
}

/** Attributes of the XML as members: `{"@Name": …}`, `{"#attributes": {"SystemTime": …}}`. */
function nameOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const attributes = isObject(value['#attributes']) ? value['#attributes'] : value;
  return ['@Name', 'Name', '@SystemTime', 'SystemTime']
    .map((name) => textOf(attributes, name))
    .find((text) => text !== undefined);
}
