import { setKind } from '../../event/kind.ts';
import { account, type FieldTable, first, ipOrName, named, type Setter, text } from '../../event/setters.ts';
import { labelTable } from '../labels.ts';
import type { CefProduct } from '../product.ts';
import { readStandard } from '../standard.ts';

/** `C:\Users\ayse\Downloads\setup.exe`, `/home/ayse/setup.js` */
const path: Setter = (draft, value) => {
  draft.label('filePath', value);
  draft.text('file.name', value.slice(Math.max(value.lastIndexOf('\\'), value.lastIndexOf('/')) + 1));
};

/** Sophos Central's SIEM integration (Sophos-Central-SIEM-Integration, "CEF format"). Others are labels. */
const FIELDS: FieldTable = new Map<string, Setter>([
  ['source_info_ip', ipOrName('source.ip', 'source.domain')],
  ...named('dhost location', first('host.name', text('host.name'))),
  ['suser', account],
  ['filePath', path],
  ...named('threat detection_identity_name', first('event.reason', text('event.reason'))),
  ['group', text('rule.category')],
  ['appSha256', text('file.hash.sha256')],
]);
const GROUPS: ReadonlyMap<string, string> = new Map([
  ['MALWARE', 'malware'],
  ['PUA', 'malware'],
  ['RUNTIME_DETECTIONS', 'malware'],
  ['RANSOMWARE', 'malware'],
  ['WEB', 'web'],
  ['ATP', 'intrusion_detection'],
  ['APPLICATION_CONTROL', 'host'],
]);

/** Sophos Central's events and alerts: the class is `Event::Endpoint::Threat::CleanedUp`. */
export const sophosCentralProduct: CefProduct = {
  matches: (vendor, product) => vendor === 'sophos' && product.startsWith('sophos central'),

  read(draft, { classId }, pairs) {
    const time = readStandard(draft, pairs, { fields: FIELDS, labels: labelTable() });
    const { event } = draft;
    event['event.dataset'] = 'sophos.central';
    const last = classId.slice(classId.lastIndexOf(':') + 1);
    const kind = /Threat|Detection|Virus|Pua/i.test(classId) ? 'malware' : 'host';
    const type = /block|clean|quarantin|denied/i.test(last) && !/fail/i.test(last) ? 'denied' : 'info';
    setKind(draft, GROUPS.get(pairs.get('group') ?? '') ?? kind, type, last);
    return time;
  },
};
