import { toEcs } from '@logmaster/core/event/event';
import { createRecordParser } from '@logmaster/parsers/record-parser';

const parser = createRecordParser();
const record = '<189>Nov 23 20:59:59 gw-1 filter: src=10.0.0.5 spt=51000 dst=203.0.113.9 dpt=443 proto=tcp action=Deny';

const event = parser.parse(Buffer.from(record), {
  receivedAt: Date.UTC(2026, 10, 23, 18) * 1000,
  timeZone: 'Europe/Istanbul',
  source: '192.0.2.1',
});

export const EXAMPLE = toEcs(event);
