import type { EventDraft } from '../event/draft.ts';
import { addTotals } from '../event/totals.ts';
import { readEpoch } from '../time/read-when.ts';
import type { VendorTime } from '../vendor.ts';
import { classifyCheckPoint } from './classify.ts';
import { CHECK_POINT_FIELDS } from './fields.ts';
import { readCheckPointTime } from './time.ts';

/** Kept for the end, where they are known together. */
const SEPARATE = new Set([
  'time',
  'product',
  'productname',
  'ifname',
  'ifdir',
  'i/f_name',
  'i/f_dir',
  'conn_direction',
  'elapsed',
  'duration',
  'start_time',
  'operation',
  'auth_status',
  'audit_status',
]);
const DIRECTIONS: ReadonlyMap<string, string> = new Map([
  ['outgoing', 'outbound'],
  ['incoming', 'inbound'],
]);

/** Does the record read this field, or would it become a label? */
export function isCheckPointField(name: string): boolean {
  return CHECK_POINT_FIELDS.has(name) || SEPARATE.has(name);
}

/** A Check Point record in the making: takes its pairs in whatever form they were written. */
export class CheckPointRecord {
  private readonly draft: EventDraft;
  private readonly kept = new Map<string, string>();

  constructor(draft: EventDraft) {
    this.draft = draft;
  }

  pair(name: string, value: string): void {
    if (value === '') return;
    // Log Exporter marks its own fields with two underscores.
    const key = name.toLowerCase();
    const set = CHECK_POINT_FIELDS.get(key);
    if (SEPARATE.has(key)) this.kept.set(key, value);
    else if (set) set(this.draft, value);
    else this.draft.label(name, value);
  }

  /** After the last pair. */
  finish(): VendorTime | undefined {
    const { draft, kept } = this;
    const { event } = draft;
    const product = kept.get('product') ?? kept.get('productname') ?? '';
    event['event.dataset'] = 'checkpoint.firewall';
    event['observer.vendor'] = 'Check Point';
    event['observer.product'] = product === '' ? 'Security Gateway' : product;
    event['observer.type'] = 'firewall';
    this.placeInterface();
    const elapsed = kept.get('elapsed') ?? kept.get('duration');
    if (elapsed !== undefined) draft.seconds(elapsed.includes(':') ? clockSeconds(elapsed) : elapsed);
    addTotals(draft);
    const authStatus = kept.get('auth_status') ?? kept.get('audit_status') ?? '';
    draft.label('auth_status', authStatus);
    classifyCheckPoint(draft, { product, operation: kept.get('operation') ?? '', authStatus });
    const start = readEpoch(kept.get('start_time') ?? '');
    if (start !== undefined) event['event.start'] = start;
    return readCheckPointTime(kept.get('time') ?? '');
  }

  private placeInterface(): void {
    const { draft, kept } = this;
    const name = kept.get('ifname') ?? kept.get('i/f_name');
    const side = kept.get('ifdir') ?? kept.get('i/f_dir') ?? '';
    draft.text(side === 'outbound' ? 'observer.egress.interface.name' : 'observer.ingress.interface.name', name);
    const direction = (kept.get('conn_direction') ?? side).toLowerCase();
    draft.text('network.direction', DIRECTIONS.get(direction) ?? direction);
  }
}

/** `0:00:30` → `30`. */
function clockSeconds(text: string): string {
  let seconds = 0;
  for (const part of text.split(':', 4)) seconds = seconds * 60 + Number(part);
  return String(seconds);
}
