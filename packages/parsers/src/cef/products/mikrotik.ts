import { type FieldTable, text } from '../../event/setters.ts';
import { readMessage } from '../../mikrotik/parser.ts';
import { labelTable } from '../labels.ts';
import type { CefProduct } from '../product.ts';
import { readStandard } from '../standard.ts';

/** The message is read by RouterOS' own words; who signs in is a user, not a destination's. */
const FIELDS: FieldTable = new Map([
  ['msg', () => undefined],
  ['duser', text('user.name')],
  ['act', (draft, value) => draft.label('act', value)],
]);

/** RouterOS 7.18 and later with `remote-log-format=cef`: topics are the event's name, `msg` is the message. */
export const mikrotikProduct: CefProduct = {
  matches: (vendor) => vendor === 'mikrotik',

  read(draft, { name }, pairs) {
    draft.label('topics', name);
    const level = draft.event['log.level'];
    const time = readStandard(draft, pairs, { fields: FIELDS, labels: labelTable() });
    readMessage(name.split(','), pairs.get('msg') ?? '', draft);
    if (level !== undefined) draft.event['log.level'] = level;
    return time;
  },
};
